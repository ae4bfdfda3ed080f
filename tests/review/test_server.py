"""The review server: who may speak to it, what it answers, what a decision changes."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipelines.home import Home
from pipelines.review.app import create_app
from pipelines.review.decisions import DecisionLog
from pipelines.review.guard import COOKIE

PORT = 8000
BASE = f"http://127.0.0.1:{PORT}"
TOKEN = "a-token-that-nobody-guesses"

FOREIGN_HOSTS = (
    "example.com", "127.0.0.1", "127.0.0.1:8001", "localhost", "localhost:8001", "0.0.0.0:8000",
    "127.0.0.1:8000.example.com", "[::1]:8000", "evil.localhost:8000", "",
)  # fmt: skip


def client_of(home: Home) -> TestClient:
    app = create_app(home, "ko", port=PORT, token=TOKEN, name="가")
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture
def stranger(home: Home) -> TestClient:
    return client_of(home)


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    entered = stranger.get(f"/?token={TOKEN}")
    assert entered.status_code == 303
    return stranger


class Page:
    """A page of a finding, with what its forms hold."""

    def __init__(self, client: TestClient, address: str = "") -> None:
        self.client = client
        listed = client.get("/findings").text
        self.finding = address or re.findall(r'href="(/findings/[^"?]+)', listed)[0]
        self.text = client.get(self.finding).text
        self.form_token = re.findall(r'name="form_token" value="([^"]+)"', self.text)[0]
        self.seen = re.findall(r'name="seen" value="(\d+)"', self.text)[0]
        self.cells = re.findall(r'<option value="([^"]+)" data-printed="([^"]+)"', self.text)

    @property
    def state(self) -> str:
        return str(re.findall(r'<span class="state (\w+)" id="state">', self.text)[0])

    def post(self, what: str, **fields: str) -> Any:
        data = {"form_token": self.form_token, "seen": self.seen, **fields}
        return self.client.post(f"{self.finding}/{what}", data=data)


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/findings", headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/findings", "/findings/x", "/assets/report.css", "/export.xlsx"]
)
def test_without_the_token_nothing_is_shown(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 401
    assert stranger.get("/?token=wrong").status_code == 401


def test_the_cookie_is_for_this_server_only(stranger: TestClient) -> None:
    set_cookie = stranger.get(f"/?token={TOKEN}").headers["set-cookie"]
    assert set_cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in set_cookie
    assert "SameSite=strict" in set_cookie
    assert TOKEN not in set_cookie


@pytest.mark.parametrize("path", ["/", "/findings", "/findings/none", "/assets/report.css", "/x"])
def test_every_answer_carries_its_policy(client: TestClient, path: str) -> None:
    answers = [client.get(path), client.get(path, headers={"host": "example.com"})]
    policies = [answer.headers["content-security-policy"] for answer in answers]
    for policy in policies:
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
    nonces = {re.findall(r"nonce-([^']+)'", policy)[0] for policy in policies}
    assert len(nonces) == 2
    assert all(answer.headers["x-content-type-options"] == "nosniff" for answer in answers)


def test_scripts_and_styles_bear_the_nonce_of_their_answer(client: TestClient) -> None:
    answer = client.get("/findings")
    [nonce] = set(re.findall(r"nonce-([^']+)'", answer.headers["content-security-policy"]))
    assert set(re.findall(r'nonce="([^"]+)"', answer.text)) == {nonce}
    assert len(re.findall("<script", answer.text)) == 1


def traversals() -> Iterator[str]:
    """Two hundred ways to ask for a file that is none of the server's."""
    ups = ("../", "..%2f", "%2e%2e/", "..\\", "..%5c", "....//", "%252e%252e%252f", "/")
    targets = ("etc/passwd", "review/decisions.sqlite", "pyproject.toml", "dataset/manifest.json",
               "work/main.lock")  # fmt: skip
    bases = ("/assets/", "/pictures/", "/pictures/x/", "/findings/", "/")
    for base, up, target in itertools.product(bases, ups, targets):
        yield base + up * 4 + target


def test_two_hundred_paths_out_of_the_server_give_nothing(client: TestClient) -> None:
    asked = list(traversals())
    assert len(asked) == 200
    for path in asked:
        answer = client.get(f"{BASE}{path}")
        assert answer.status_code >= 400, path
        assert "root:" not in answer.text


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_a_decision_is_kept_and_shown(client: TestClient, home: Home, action: str) -> None:
    page = Page(client)
    assert page.state == "open"
    assert page.post("decision", action=action, note="살펴봄").status_code == 303
    [row] = DecisionLog(home).read()
    assert (row.who, row.action, row.note, row.new_value) == ("가", action, "살펴봄", action)
    assert row.dataset == home.dataset.resolve().name
    again = Page(client)
    assert again.state == action
    assert "살펴봄" in again.text


def test_a_note_decides_nothing(client: TestClient) -> None:
    Page(client).post("decision", action="note", note="확인 중")
    page = Page(client)
    assert page.state == "open"
    assert "확인 중" in page.text


def test_an_undo_opens_the_finding_again(client: TestClient, home: Home) -> None:
    Page(client).post("decision", action="accept")
    Page(client).post("undo")
    assert Page(client).state == "open"
    assert [row.action for row in DecisionLog(home).read()] == ["accept", "undo"]


def test_a_stale_tab_gets_409_and_changes_nothing(client: TestClient, home: Home) -> None:
    old = Page(client)
    assert Page(client).post("decision", action="accept").status_code == 303
    answer = old.post("decision", action="reject")
    assert answer.status_code == 409
    assert "그 사이 다른 사람이" in answer.text
    assert [row.action for row in DecisionLog(home).read()] == ["accept"]


def test_two_people_decide_on_one_dataset(home: Home) -> None:
    first, second = client_of(home), client_of(home)
    for client, name in ((first, "가"), (second, "나")):
        client.get(f"/?token={TOKEN}&name={name}")
    Page(first).post("decision", action="accept")
    seen = Page(second)
    assert seen.state == "accept"
    seen.post("decision", action="reject")
    assert Page(first).state == "reject"
    assert [row.who for row in DecisionLog(home).read()] == ["가", "나"]


def test_a_corrected_cell_makes_its_relations_hold_at_once(client: TestClient) -> None:
    page = Page(client)
    cell = next(key for key, printed in page.cells if printed == "608")
    assert page.post("cell", cell=cell, text="680").status_code == 303
    again = Page(client).text
    outcomes = re.findall(r'data-outcome="(\w+)"', again)
    assert outcomes
    assert set(outcomes) == {"exact"}
    assert "<strong>680</strong>" in again


def test_a_correction_from_a_stale_tab_is_refused(client: TestClient, home: Home) -> None:
    old = Page(client)
    cell = next(key for key, printed in old.cells if printed == "608")
    assert old.post("cell", cell=cell, text="680").status_code == 303
    assert old.post("cell", cell=cell, text="681").status_code == 409
    assert [row.new_value for row in DecisionLog(home).read()] == ["680"]


FORGED: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
    ({"origin": "http://example.com"}, {}),
    ({"origin": "null"}, {}),
    ({"origin": "https://127.0.0.1:8000"}, {}),
    ({"origin": "http://127.0.0.1:8001"}, {}),
    ({"origin": "http://localhost:9"}, {}),
    ({"sec-fetch-site": "cross-site"}, {}),
    ({"sec-fetch-site": "same-site"}, {}),
    ({"sec-fetch-site": "none"}, {}),
    ({}, {"form_token": ""}),
    ({}, {"form_token": "guessed"}),
    ({"content-type": "text/plain"}, {"form_token": "guessed"}),
    ({"cookie": ""}, {}),
)


@pytest.mark.parametrize(("headers", "fields"), FORGED)
def test_a_forged_decision_changes_nothing(
    client: TestClient, home: Home, headers: dict[str, str], fields: dict[str, str]
) -> None:
    page = Page(client)
    data = {"form_token": page.form_token, "seen": "0", "action": "accept", **fields}
    if "cookie" in headers:
        client.cookies.clear()
    answer = client.post(f"{page.finding}/decision", data=data, headers=headers)
    assert answer.status_code in (401, 403)
    assert DecisionLog(home).read() == ()


def test_a_form_that_is_too_large_is_refused(client: TestClient, home: Home) -> None:
    assert Page(client).post("decision", action="accept", note="가" * 200_000).status_code == 413
    assert DecisionLog(home).read() == ()


@pytest.mark.parametrize(
    ("what", "fields", "code"),
    [
        ("decision", {"action": "delete"}, 400),
        ("cell", {"cell": "x", "text": "1"}, 400),
        ("cell", {"cell": "t:99999999999:1:0", "text": "1"}, 400),
        ("cell", {"cell": "none:1:1:0", "text": "1"}, 404),
        ("other", {}, 404),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: TestClient, home: Home, what: str, fields: dict[str, str], code: int
) -> None:
    assert Page(client).post(what, **fields).status_code == code
    assert DecisionLog(home).read() == ()


def test_the_filter_leaves_what_it_asks_for(client: TestClient) -> None:
    assert 'class="title"' in client.get("/findings?severity=high&state=open").text
    assert 'class="title"' not in client.get("/findings?severity=info").text
    assert 'class="title"' not in client.get("/findings?state=accept").text
    Page(client).post("decision", action="accept")
    assert 'class="title"' in client.get("/findings?state=accept").text


def test_a_decision_survives_a_run_over_the_same_report(
    client: TestClient, home: Home, inputs: Any
) -> None:
    Page(client).post("decision", action="reject")
    from pipelines.build import Options, run

    run([str(inputs)], home.root, Options(workers=0, has_gate=False))
    assert Page(client).state == "reject"


def test_decisions_on_a_report_that_changed_are_listed(
    client: TestClient, home: Home, inputs: Any, report: str
) -> None:
    Page(client).post("decision", action="accept")
    from pipelines.build import Options, run

    (inputs / "plan.txt").write_text(report.replace("608", "609"), encoding="utf-8")
    run([str(inputs)], home.root, Options(workers=0, has_gate=False))
    assert "파일이 바뀜" in client.get("/findings").text


def test_hostile_words_are_shown_and_never_run(tmp_path: Any, report: str) -> None:
    from pipelines.build import Options, run

    folder = tmp_path / "hostile"
    folder.mkdir()
    name = "<img src=x onerror=alert(1)>.txt"
    words = report.replace("예산액", "예산액<script>alert(2)</script>")
    (folder / name).write_text(words, encoding="utf-8")
    home = Home(tmp_path / "hostile-out")
    run([str(folder)], home.root, Options(workers=0, has_gate=False))
    client = client_of(home)
    client.get(f"/?token={TOKEN}&name=<b>x</b>")
    for text in (client.get("/findings").text, Page(client).text):
        assert text.count("<script") == 1
        assert "<img" not in text
        assert "<b>x" not in text


def test_the_workbook_holds_the_wanted_findings_and_what_was_decided(
    client: TestClient, tmp_path: Any
) -> None:
    import openpyxl

    Page(client).post("decision", action="accept", note="=1+1")
    answer = client.get("/export.xlsx?state=accept")
    assert answer.status_code == 200
    path = tmp_path / "findings.xlsx"
    path.write_bytes(answer.content)
    sheet = openpyxl.load_workbook(path).worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert (row["결정"].value, row["검토자"].value, row["메모"].value) == ("인정", "가", "=1+1")
    assert row["메모"].data_type == "s"
    none = client.get("/export.xlsx?state=reject")
    path.write_bytes(none.content)
    assert openpyxl.load_workbook(path).worksheets[1].max_row == 1
