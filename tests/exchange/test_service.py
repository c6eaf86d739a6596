"""Who may do what over the exchange, what it says when something is wrong, and nbgrader's classes; with a real hub."""

import pytest
import requests
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

from secondcar.exchange import use_service
from secondcar.exchange.client import Client, ServiceError
from secondcar.exchange.store import feedback_key
from tests.support.exchange_hub import COURSE, write


@pytest.fixture(scope="module")
def used(hub, tmp_path_factory):
    """A hub with a released assignment, a submission of ada's and feedback on it."""
    folder = tmp_path_factory.mktemp("files")
    teacher, ada = hub.client("teacher"), hub.client("ada")
    teacher.release(COURSE, "unit", write(folder / "released", unit="released"), replace=False)
    hub.submission = ada.submit(COURSE, "unit", write(folder / "ada", unit="ada's"))
    hub.page = feedback_key(hub.submission["secret"], "unit")
    teacher.give_feedback(COURSE, hub.page, b"<p>Well done")
    return hub


def test_each_sees_the_own_courses(used):
    assert used.client("ada").courses() == {COURSE: "learner"}
    assert used.client("teacher").courses() == {COURSE: "teacher"}
    assert used.client("cleo").courses() == {"other": "learner"}


def test_learners_read_what_is_released_and_their_own(used, tmp_path):
    ada = used.client("ada")
    (tmp_path / "fetched").mkdir()
    ada.fetch(COURSE, "unit", tmp_path / "fetched")
    assert (tmp_path / "fetched" / "unit.ipynb").read_text() == "released"
    assert [submission["name"] for submission in ada.submissions(COURSE)] == [used.submission["name"]]
    assert list(ada.feedback(COURSE)) == [used.page]
    assert ada.feedback_page(COURSE, used.page) == b"<p>Well done"


def test_learners_do_not_see_or_read_what_is_others(used, tmp_path):
    ben = used.client("ben")
    assert ben.submissions(COURSE) == []
    assert ben.feedback(COURSE) == {}
    with pytest.raises(ServiceError, match=r"^ben may not read the submissions of others\.$"):
        ben.collect(COURSE, used.submission["name"], tmp_path)
    with pytest.raises(ServiceError, match=r"^This is not feedback on a submission of ben\.$"):
        ben.feedback_page(COURSE, used.page)


@pytest.mark.parametrize(
    "ask",
    [
        lambda ben, used, folder: ben.release(COURSE, "unit", folder, replace=True),
        lambda ben, used, folder: ben.withdraw(COURSE, "unit"),
        lambda ben, used, folder: ben.remove_submission(COURSE, used.submission["name"]),
        lambda ben, used, folder: ben.give_feedback(COURSE, used.page, b"full marks"),
    ],
    ids=["release", "withdraw", "remove a submission", "give feedback"],
)
def test_what_teachers_do_is_refused_to_learners(used, tmp_path, ask):
    with pytest.raises(ServiceError, match=r"^Only a teacher of the course may do this, and ben is not one\.$"):
        ask(used.client("ben"), used, tmp_path)


def test_who_is_in_no_course_gets_nothing_of_it(used, tmp_path):
    for ask in (
        lambda cleo: cleo.released(COURSE),
        lambda cleo: cleo.fetch(COURSE, "unit", tmp_path),
        lambda cleo: cleo.submit(COURSE, "unit", tmp_path),
        lambda cleo: cleo.released("no-such-course"),
    ):
        with pytest.raises(ServiceError, match=r"^cleo is not in the course [\w-]+: ask the teacher to be enrolled\.$"):
            ask(used.client("cleo"))


def test_the_name_comes_from_the_hub_whatever_the_client_says(used, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    kept = used.client("ben").submit(COURSE, "unit", write(tmp_path / "ben", unit="ben's"))
    assert kept["student"] == "ben"
    assert kept["name"].startswith("ben+unit+")


@pytest.mark.parametrize("name", ["../inbound", "../../hub.sqlite", ".arriving", "a+b", "a\0b"])
def test_no_name_leads_out_of_the_folder(used, tmp_path, name):
    teacher = used.client("teacher")
    for ask in (teacher.fetch, teacher.collect):
        with pytest.raises(ServiceError, match=r"cannot be the name of|is not the name of"):
            ask(COURSE, name, tmp_path)
    with pytest.raises(ServiceError, match="is not the key of a feedback page"):
        teacher.feedback_page(COURSE, name)


def test_a_token_that_ended_gets_one_sentence(used):
    token = used.token("ada")
    used.api("DELETE", f"users/ada/tokens/{token['id']}")
    client = Client(f"{used.service}services/exchange/", token["token"])
    with pytest.raises(ServiceError, match=r"^The hub does not know your server any more: .* your files are kept\.$"):
        client.courses()


def test_a_token_without_access_to_the_service_is_refused(used):
    token = used.api("POST", "users/ada/tokens", scopes=["read:users:name!user"]).json()
    client = Client(f"{used.service}services/exchange/", token["token"])
    with pytest.raises(ServiceError, match=r"^ada may not use this service: the hub gives no access to it\.$"):
        client.courses()


def test_without_a_token_nothing_is_told(used):
    answer = requests.get(f"{used.service}services/exchange/{COURSE}/outbound", timeout=30)
    assert (answer.status_code, answer.json()) == (401, {"message": "The hub does not know this token any more."})


def test_too_large_an_upload_is_refused_before_it_is_read(used):
    request = requests.Request("POST", f"{used.service}services/exchange/{COURSE}/inbound/unit").prepare()
    request.headers["Authorization"] = f"token {used.token('ada')['token']}"
    request.headers["Content-Length"] = "100000001"
    answer = requests.Session().send(request, timeout=30)
    assert (answer.status_code, answer.json()["message"]) == (
        413,
        "This is more than 100 MB: delete large files from the folder.",
    )


def test_an_address_where_no_exchange_is_gets_one_sentence(used):
    with pytest.raises(ServiceError, match=r"is not the exchange \(\d+\): check EXCHANGE_URL\.$"):
        Client(f"{used.url}/nowhere/", "a-token").courses()


@pytest.fixture
def exchange(used, tmp_path, monkeypatch):
    """Run one of nbgrader's exchange classes as a user, in a home of their own: `exchange("ada", "Submit")`."""

    def run(user, kind, **options):
        home = tmp_path / user
        home.mkdir(exist_ok=True)
        monkeypatch.chdir(home)
        monkeypatch.setenv("JUPYTERHUB_USER", user)
        monkeypatch.setenv("JUPYTERHUB_API_TOKEN", used.token(user)["token"])
        config = Config({"Exchange": {"cache": str(home / "cache")}})
        use_service(config, f"{used.service}services/exchange/")
        course = CourseDirectory(
            root=str(home), course_id=COURSE, assignment_id="essay", db_url=f"sqlite:///{home}/gradebook.db"
        )
        for name in ("student_id", "assignment_id"):
            setattr(course, name, options.pop(name, getattr(course, name)))
        exchange = getattr(ExchangeFactory(config=config), kind)(coursedir=course, config=config)
        exchange.authenticator = Authenticator(config=config)
        for name, value in options.items():
            setattr(exchange, name, value)
        return exchange.start()

    return run


def test_nbgraders_own_steps_work_over_it(exchange, tmp_path):
    write(tmp_path / "teacher" / "release" / "essay", essay="released")
    exchange("teacher", "ReleaseAssignment")
    with pytest.raises(ExchangeError, match="Destination already exists, add --force"):
        exchange("teacher", "ReleaseAssignment")
    exchange("teacher", "ReleaseAssignment", force=True)
    assert "essay" in [one["assignment_id"] for one in exchange("ada", "List", assignment_id="")]

    notebook = tmp_path / "ada" / "essay" / "essay.ipynb"
    exchange("ada", "FetchAssignment")
    assert notebook.read_text() == "released"
    for text in ("first", "second", "second"):
        notebook.write_text(text)
        exchange("ada", "Submit")
    with pytest.raises(ExchangeError, match="You can hand in for yourself only"):
        exchange("ada", "Submit", student_id="ben")
    exchange("teacher", "Collect", update=True)
    collected = tmp_path / "teacher" / "submitted" / "ada" / "essay"
    assert (collected / "essay.ipynb").read_text() == "second"

    feedback = tmp_path / "teacher" / "feedback" / "ada" / "essay"
    feedback.mkdir(parents=True)
    (feedback / "essay.html").write_text("<p>Well done")
    for name in ("timestamp.txt", "submission_secret.txt"):
        (feedback / name).write_text((collected / name).read_text())
    exchange("teacher", "ReleaseFeedback", student_id="*")
    [shown] = exchange("ada", "List", cached=True)
    assert [one["has_exchange_feedback"] for one in shown["submissions"]] == [False, True]
    exchange("ada", "FetchFeedback")
    assert [page.read_text() for page in notebook.parent.rglob("*.html")] == ["<p>Well done"]

    (feedback / "essay.html").write_text("<p>Well done indeed")
    exchange("teacher", "ReleaseFeedback", student_id="*")
    [shown] = exchange("ada", "List", cached=True)
    assert [one["feedback_updated"] for one in shown["submissions"]] == [False, True]

    exchange("teacher", "List", inbound=True, remove=True)
    assert exchange("teacher", "List", inbound=True) == []
    exchange("teacher", "List", remove=True)
    with pytest.raises(ExchangeError, match="Assignment not found"):
        exchange("ben", "FetchAssignment")
