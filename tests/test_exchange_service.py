"""Who may do what over the exchange, and what it says when something is wrong; with a real hub."""

import pytest
import requests
from exchange_hub import COURSE, hub, write  # noqa: F401  `hub` is a fixture

from secondcar.exchange.client import Client, ServiceError
from secondcar.exchange.store import feedback_key


@pytest.fixture(scope="module")
def used(hub, tmp_path_factory):  # noqa: F811
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
    with pytest.raises(ServiceError, match=r"^Only a teacher of the course may do this, and ben is none\.$"):
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
