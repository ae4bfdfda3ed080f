"""Names of programmes are linked by a stated rule that no order of reports and no year changes."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate.linking import THRESHOLD, Link, Printed, likeness, link_names
from validate.programme_names import names_programme, plain_name, stem_name

HERE, THERE = "1111000000", "2635000000"


def links_of(*names: tuple[str, str, str]) -> dict[tuple[str, str], Link]:
    printed = [Printed(region=region, name=name, table=table) for region, name, table in names]
    found = link_names(printed)
    return {(region, name): found[region, plain_name(name)] for region, name, _ in names}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        pytest.param("1) 마을기업 육성", "마을기업육성", id="numbering"),
        pytest.param("가. 마을기업 육성", "마을기업육성", id="Korean numbering"),
        pytest.param("○ 마을기업  육성", "마을기업육성", id="bullet and spaces"),
        pytest.param("2023년 마을기업 육성", "마을기업육성", id="year before"),
        pytest.param("마을기업 육성(’24)", "마을기업육성", id="year in brackets"),
        pytest.param("마을기업 육성 2024", "마을기업육성", id="year after"),
        pytest.param("마을기업의 육성", "마을기업육성", id="particle"),
        pytest.param("마을기업 발굴 및 육성", "마을기업발굴육성", id="and"),
        pytest.param("3 청년 자립 지원 청년지원팀", "청년자립지원", id="team"),
        pytest.param("50플러스 센터 운영", "50플러스센터운영", id="a number that is no year"),
        pytest.param("119 구급대", "119구급대", id="a name that begins with a number"),
        pytest.param("1인가구 지원", "1인가구지원", id="a number of persons"),
    ],
)
def test_a_plain_name_is_what_stays_from_year_to_year(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("마을기업 육성 지원사업", "마을기업육성"),
        ("마을기업 육성 추진", "마을기업육성"),
        ("경로당 운영 지원", "경로당"),
        ("사업", "사업"),
        ("지원 사업", "지원"),
    ],
)
def test_a_stem_lacks_what_ends_so_many_names(name: str, stem: str) -> None:
    assert stem_name(name) == stem


@pytest.mark.parametrize(
    "label",
    ["예산액(A)", "집행잔액(C=A-B)", "국비", "합계", "총계", "소계", "2023", "1/4분기", "-", "",
     "예산현액", "총사업비", "연차별 투자수요", "이자발생액(E)"],
)  # fmt: skip
def test_amounts_sources_totals_and_periods_name_no_programme(label: str) -> None:
    assert not names_programme(label)


@pytest.mark.parametrize("label", ["마을기업 육성", "운영비 소계", "예산 절감 시상", "홍보"])
def test_what_money_is_for_names_a_programme(label: str) -> None:
    assert names_programme(label)


def test_a_programme_is_linked_over_the_years_of_a_district() -> None:
    found = links_of(
        (HERE, "2023년 마을기업 육성", "t1"),
        (HERE, "1. 마을기업 육성 지원사업", "t2"),
        (HERE, "사회적경제 인재 양성 과정", "t1"),
        (HERE, "사회적경제 인재양성과정 개편", "t2"),
    )
    first, second, third, fourth = found.values()
    assert first.key == second.key == "마을기업육성"
    assert (first.rule, first.confidence) == ("same_name", 1.0)
    assert (second.rule, second.confidence) == ("same_stem", 0.95)
    assert third.key == fourth.key != first.key
    assert (fourth.rule, fourth.confidence < 0.9) == ("similar", True)


def test_names_in_two_rows_of_one_table_are_two_programmes() -> None:
    apart = links_of((HERE, "경로당 운영", "t1"), (HERE, "경로당 지원", "t1"))
    assert len({link.key for link in apart.values()}) == 2
    third = links_of(
        (HERE, "경로당 운영", "t1"), (HERE, "경로당 지원", "t1"), (HERE, "경로당 운영 사업", "t2")
    )
    assert len({link.key for link in third.values()}) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("1인가구 안심 생활 꾸러미", "2인가구 안심 생활 꾸러미", id="another number"),
        pytest.param("청년 일자리", "어르신 일자리", id="other people"),
        pytest.param("도서관 조성", "공원 조성", id="another thing"),
    ],
)
def test_unlike_names_are_not_linked(one: str, other: str) -> None:
    first, second = links_of((HERE, one, "t1"), (HERE, other, "t2")).values()
    assert first.key != second.key


def test_over_districts_only_the_same_stem_is_linked() -> None:
    found = links_of(
        (HERE, "마을기업 육성", "t1"),
        (THERE, "마을기업 육성 지원", "t2"),
        (HERE, "사회적경제 인재 양성 과정", "t1"),
        (THERE, "사회적경제 인재양성과정 개편", "t2"),
        (HERE, "홍보", "t1"),
        (THERE, "홍보", "t2"),
    )
    mine, theirs, trained, changed, told, told_there = found.values()
    assert mine.key == theirs.key
    assert mine.is_elsewhere
    assert theirs.confidence == 0.9
    assert trained.key != changed.key
    assert not trained.is_elsewhere
    assert told.key != told_there.key  # too short to mean one thing everywhere


NAMES = st.lists(
    st.tuples(
        st.sampled_from((HERE, THERE)),
        st.text("마을기업육성지원사업운영청년 12", min_size=2, max_size=12),
        st.sampled_from(("t1", "t2", "t3", "t4")),
    ),
    min_size=1,
    max_size=12,
)


@given(NAMES, st.randoms())
def test_the_order_of_reports_does_not_matter(
    names: list[tuple[str, str, str]], chance: object
) -> None:
    mixed = list(names)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert link_names(_printed(mixed)) == link_names(_printed(names))


@given(NAMES, st.sampled_from(("2023년 {}", "{}(’24)", "{} 2025", "{} 2024년도")))
def test_a_year_in_the_name_does_not_matter(names: list[tuple[str, str, str]], dated: str) -> None:
    plain = [
        (region, name, table) for region, name, table in names if not name.strip()[:1].isdigit()
    ]
    years = [(region, dated.format(f" {name} "), table) for region, name, table in plain]
    found = link_names(_printed(years))
    assert found == link_names(_printed(plain))


def _printed(names: Iterable[tuple[str, str, str]]) -> list[Printed]:
    return [Printed(region=region, name=name, table=table) for region, name, table in names]


@given(NAMES)
def test_what_one_table_tells_apart_stays_apart(names: list[tuple[str, str, str]]) -> None:
    found = link_names(_printed(names))
    keys: dict[tuple[str, str, str], set[str]] = {}
    for region, name, table in names:
        link = found[region, plain_name(name)]
        assert 0 < link.confidence <= 1
        assert link.rule != "similar" or link.confidence >= THRESHOLD * 0.9 * 0.9 - 0.001
        keys.setdefault((region, table, link.key), set()).add(plain_name(name))
    assert all(len(plain) == 1 for plain in keys.values())


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways(left: str, right: str) -> None:
    assert likeness(left, right) == likeness(right, left)
    assert 0 <= likeness(left, right) <= 1
