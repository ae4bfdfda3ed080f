"""Lists in words, rounded changes and short figures: what one wrong number leaves standing."""

import pytest

from tests.validate.reports import Sheet, audit_of, checks_of

CHANGES = """구분 | 2024년 | 2023년 | 증감액
행정 | 28,413 | 27,907 | 507
문화 | 19,746 | 18,235 | 1,511
환경 | 24,919 | 25,348 | △429
복지 | 214,637 | 203,186 | 11,452
보건 | 11,353 | 12,864 | △1,512
예비비 | 63,180 | 61,977 | 1,203"""


def _lists(rows: list[list[str]]) -> Sheet:
    return Sheet(text="\n".join(" | ".join(row) for row in rows))


HEADINGS = ["구분", "사업목표", "사업실적"]
WHOLE = [
    [
        "경영",
        "자문 85건(전략 15건, 개발 30건, 지도 40건)",
        "자문 74건(전략 9건, 개발 31건, 지도 34건)",
    ],
    ["자원", "연계 35건 - 인턴 20건, 공모 15건", "연계 38건 - 인턴 18건, 공모 20건"],
]


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        pytest.param("공모 15건", "공모 115건", "mismatch", id="digit-added"),
        pytest.param("공모 15건", "공모 3건", "uncheckable", id="a-list-of-some"),
    ],
)
def test_a_list_far_off_is_wrong_where_its_sisters_are_whole(
    old: str, new: str, outcome: str
) -> None:
    rows = [[cell.replace(old, new) for cell in row] for row in WHOLE]
    found = audit_of(_lists([HEADINGS, *rows]))
    off = [one for one in checks_of(found, "narrative") if one.outcome != "exact"]
    assert [one.outcome for one in off] == [outcome]


def test_a_list_alone_that_is_far_off_names_only_some() -> None:
    found = audit_of(_lists([HEADINGS, ["자원", "연계 35건 - 인턴 20건, 공모 115건", "-"]]))
    assert {one.outcome for one in checks_of(found, "narrative")} == {"uncheckable"}


def test_exchanged_changes_are_told_although_others_are_rounded() -> None:
    right = audit_of(Sheet(text=CHANGES, unit="백만원"))
    assert len(checks_of(right, "change")) == 6
    assert right.findings == ()
    swapped = CHANGES.replace("1,511", "?").replace("1,203", "1,511").replace("?", "1,203")
    found = audit_of(Sheet(text=swapped, unit="백만원"))
    wrong = [one.printed for one in checks_of(found, "change") if one.outcome == "mismatch"]
    assert sorted(filter(None, wrong)) == [1_203_000_000, 1_511_000_000]


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        pytest.param("15명", 1, id="the-same-unit"),
        pytest.param("15회", 0, id="people-and-times"),
        pytest.param("15개소", 0, id="people-and-things"),
    ],
)
def test_short_figures_are_one_only_where_they_count_one_thing(printed: str, count: int) -> None:
    found = audit_of(
        Sheet(text="구분 | 주민 참여단 운영\n실적 | 15명"),
        Sheet(text=f"내용 | 실적\n주민 참여단 운영 | {printed}"),
    )
    assert len(checks_of(found, "repeat")) == count


def test_a_row_of_a_list_is_not_named_by_the_heading_over_all_rows() -> None:
    days = "\n".join(f"{day}월 강좌 {day} | {10 + day}명" for day in range(1, 9))
    listed = Sheet(text=f"일시 | 참여인원\n{days}")
    found = audit_of(listed, Sheet(text="구분 | 실적\n벽화 모임 참여인원 | 13명"))
    assert not checks_of(found, "repeat")
