"""The exchange's folder and its archives: nothing lost, nothing twice, nothing outside; without a hub."""

import io
import multiprocessing
import tarfile
from datetime import datetime
from itertools import pairwise

import pytest
from nbgrader.utils import notebook_hash

from secondcar.exchange import store as store_module
from secondcar.exchange.archive import MOST_FILES, ArchiveRefused, pack, unpack
from secondcar.exchange.store import Exists, NotInStore, Store, feedback_key
from tests.support.exchange_hub import write
from tests.support.some import some

COURSE = "second-car"


def archive_of(folder):
    archive = io.BytesIO()
    pack(folder, archive)
    return archive


def archive_with(*members):
    """An archive as a client of bad intent would make it: (name, type, content or link's target)."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:") as tar:
        for name, kind, content in members:
            member = tarfile.TarInfo(name)
            member.type = kind
            if kind == tarfile.REGTYPE:
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
            else:
                member.linkname = content
                tar.addfile(member)
    return archive


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "exchange")
    store.release(COURSE, "unit", archive_of(write(tmp_path / "released", unit="released")))
    return store


@pytest.fixture
def submit(store, tmp_path):
    """Hand in a notebook with some text: `submit("an answer")`."""

    def submit(text, student="ada"):
        folder = tmp_path / f"{student}-{text}"
        return store.submit(COURSE, student, "unit", archive_of(folder if folder.exists() else write(folder, u=text)))

    return submit


def test_a_folder_comes_back_from_its_archive_without_its_links(tmp_path):
    folder = write(tmp_path / "packed", one="1", two="2")
    write(folder / "data", three="3")
    (folder / "link").symlink_to("/etc/passwd")
    (tmp_path / "unpacked").mkdir()
    unpack(archive_of(folder), tmp_path / "unpacked")
    found = {path.relative_to(tmp_path / "unpacked").as_posix() for path in (tmp_path / "unpacked").rglob("*.*")}
    assert found == {"one.ipynb", "two.ipynb", "data/three.ipynb"}


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ([("../out", tarfile.REGTYPE, b"x")], "not an ordinary file"),
        ([("/tmp/out", tarfile.REGTYPE, b"x")], "not an ordinary file"),
        ([("a/../../out", tarfile.REGTYPE, b"x")], "not an ordinary file"),
        ([("link", tarfile.SYMTYPE, "/etc/passwd")], "not an ordinary file"),
        ([("link", tarfile.LNKTYPE, "/etc/passwd")], "not an ordinary file"),
        ([("device", tarfile.CHRTYPE, "")], "not an ordinary file"),
        ([("folder", tarfile.SYMTYPE, "/tmp"), ("folder/out", tarfile.REGTYPE, b"x")], "not an ordinary file"),
        ([("a", tarfile.REGTYPE, b"1"), ("a", tarfile.REGTYPE, b"2")], "Two files have the name a"),
        ([("a", tarfile.REGTYPE, b"1"), ("a/b", tarfile.REGTYPE, b"2")], "Two files have the name a"),
        ([(str(n), tarfile.REGTYPE, b"") for n in range(MOST_FILES + 1)], "more than 1,000 files and folders"),
    ],
)
def test_what_is_not_an_ordinary_file_in_the_folder_is_refused(store, members, why):
    with pytest.raises(ArchiveRefused, match=why):
        store.submit(COURSE, "ada", "unit", archive_with(*members))
    assert store.submissions(COURSE) == []
    assert list(store.arriving.iterdir()) == []


def test_a_file_with_holes_is_refused(store):
    """A small archive may say that it holds a file of a terabyte, most of it holes."""
    member = tarfile.TarInfo("holes")
    member.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    header[386:410] = b"%011o\0%011o\0" % (0, 0)  # one piece, at 0, of no bytes
    header[483:495] = b"%011o\0" % (1 << 32)  # the size with its holes
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    archive = io.BytesIO(bytes(header) + bytes(1024))
    with pytest.raises(ArchiveRefused, match="not an ordinary file"):
        store.submit(COURSE, "ada", "unit", archive)


@pytest.mark.parametrize("cut", [0.3, 0.6])
def test_a_damaged_archive_is_refused(store, tmp_path, cut):
    whole = archive_of(write(tmp_path / "large", a="a" * 5000, b="b" * 5000)).getvalue()
    with pytest.raises(ArchiveRefused, match="damaged"):
        store.submit(COURSE, "ada", "unit", io.BytesIO(whole[: int(len(whole) * cut)]))
    assert store.submissions(COURSE) == []


def test_a_zipped_archive_is_refused(store, tmp_path):
    zipped = io.BytesIO()
    with tarfile.open(fileobj=zipped, mode="w:gz") as tar:
        tar.add(write(tmp_path / "zipped", a="0" * 1_000_000), "a")
    with pytest.raises(ArchiveRefused, match="damaged"):
        store.submit(COURSE, "ada", "unit", zipped)


def test_every_version_is_kept_and_the_newest_comes_last(store, submit):
    names = [submit(text).name for text in ("first", "second", "first")]
    assert [submission.name for submission in store.submissions(COURSE, "ada")] == names
    texts = [(store.submission_folder(COURSE, name) / "u.ipynb").read_text() for name in names]
    assert texts == ["first", "second", "first"]


def test_what_is_sent_twice_is_kept_once_and_keeps_its_time(store, submit):
    assert submit("an answer") == submit("an answer")
    assert len(store.submissions(COURSE)) == 1


def test_the_same_answer_of_another_learner_is_another_submission(submit):
    assert submit("an answer").name != submit("an answer", student="ben").name


def test_time_never_runs_backwards_for_a_learner(submit, monkeypatch):
    class ClockSetBack(datetime):
        @classmethod
        def now(cls, zone):
            return datetime(2001, 1, 1, tzinfo=zone)

    first = submit("first")
    monkeypatch.setattr(store_module, "datetime", ClockSetBack)
    assert submit("second").time > first.time


def test_the_files_that_the_service_writes_cannot_be_forged(store, tmp_path):
    folder = write(tmp_path / "forged", unit="mine")
    (folder / "timestamp.txt").write_text("2001-01-01 00:00:00.000000 UTC")
    (folder / "submission_secret.txt").write_text("guessed")
    kept = store.submit(COURSE, "ada", "unit", archive_of(folder))
    stored = store.submission_folder(COURSE, kept.name)
    assert kept.secret != "guessed"
    assert (stored / "submission_secret.txt").read_text() == kept.secret
    assert (stored / "timestamp.txt").read_text() == kept.time > "2002"


def test_nothing_can_be_handed_in_for_what_is_not_released(store, submit):
    store.withdraw(COURSE, "unit")
    with pytest.raises(NotInStore, match=r"^unit is not released: look at what there is with `nbgrader list`\.$"):
        submit("an answer")


def test_a_learner_cannot_fill_the_disk(tmp_path):
    store = Store(tmp_path / "exchange", learner_bytes=10_000)
    store.release(COURSE, "unit", archive_of(write(tmp_path / "released", unit="")))
    store.submit(COURSE, "ada", "unit", archive_of(write(tmp_path / "one", a="1" * 6000)))
    with pytest.raises(ArchiveRefused, match=r"^You have handed in more than 0\.01 MB to this course"):
        store.submit(COURSE, "ada", "unit", archive_of(write(tmp_path / "two", a="2" * 6000)))
    assert len(store.submissions(COURSE)) == 1
    store.submit(COURSE, "ben", "unit", archive_of(write(tmp_path / "three", a="3" * 6000)))


def test_what_is_replaced_or_taken_away_is_kept_aside(store, submit, tmp_path):
    with pytest.raises(Exists, match="use --force"):
        store.release(COURSE, "unit", archive_of(write(tmp_path / "new", unit="new")))
    store.release(COURSE, "unit", archive_of(tmp_path / "new"), replace=True)
    assert (store.released_folder(COURSE, "unit") / "unit.ipynb").read_text() == "new"
    store.remove_submission(COURSE, submit("an answer").name)
    assert store.submissions(COURSE) == []
    removed = store.folder / COURSE / "removed"
    assert {path.read_text() for path in removed.rglob("*.ipynb")} == {"released", "an answer"}


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a+b", ".hidden", "a\0"])
def test_no_name_leads_out_of_the_folder(store, tmp_path, name):
    archive = archive_of(write(tmp_path / "files", a="a"))
    for do in (
        lambda: store.release(name or "..", "unit", archive),
        lambda: store.submit(COURSE, name or "..", "unit", archive),
        lambda: store.released_folder(COURSE, name or ".."),
        lambda: store.submission_folder(COURSE, name),
        lambda: store.feedback_page(COURSE, name),
    ):
        with pytest.raises(ArchiveRefused):
            do()


def test_keys_of_feedback_are_nbgraders():
    assert feedback_key("a secret", "unit") == notebook_hash(secret="a secret", notebook_id="unit")


def hand_in(folder, texts):
    store = Store(folder / "exchange")
    for text in texts:
        store.submit(COURSE, "ada", "unit", archive_of(folder / text))


def test_several_services_on_one_folder_lose_and_double_nothing(store, tmp_path):
    """Four processes hand in the same twenty versions, in the same order, for one learner."""
    texts = [f"version-{number:02}" for number in range(20)]
    for text in texts:
        write(tmp_path / text, u=text)
    processes = [multiprocessing.Process(target=hand_in, args=(tmp_path, texts)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    kept = store.submissions(COURSE, "ada")
    texts_kept = [(store.submission_folder(COURSE, each.name) / "u.ipynb").read_text() for each in kept]
    assert set(texts_kept) == set(texts)
    assert all(earlier != later for earlier, later in some(pairwise(texts_kept)))
    assert len({submission.time for submission in kept}) == len(kept)
