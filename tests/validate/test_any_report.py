"""Whatever a report holds, it is audited: odd cells give no exception and no false certainty."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validate.reports import Sheet, audit_of

LABELS = st.sampled_from(
    [
        "구분", "계", "합 계", "소계", "총계", "누계", "국비", "시비", "구비", "기타", "목표",
        "실적", "달성률", "집행률(B/A)", "예산액(A)", "집행액(B)", "집행잔액(C=A-B)", "증감(B-A)",
        "증감률(%)", "구성비", "2023년", "2024년", "1/4", "비고", "운영비 소계", "사업>소계",
        "사업>가", "가", "",
        "총 이행률(%)", "전체사업 대비비율(%)", "정원", "현원", "과부족", "총사업비", "(A", "=A/0)",
    ]
)  # fmt: skip
CELLS = st.sampled_from(
    [
        "", "-", "0", "1", "△3", "12.5%", "100%", "1,234", "999,999,999", "20건/50억", "미정",
        "3회(자체 1회, 합동 2회)", "1,106(국 44, 시 361)", "75:17.5:7.5", "0%", "(5)", "여러 내용",
    ]
)  # fmt: skip


def test_numbers_of_any_length_are_checked_exactly() -> None:
    long = "9" * 45
    sheet = f"구분 | 계 | 가 | 나\n하나 | {long} | {long} | 0\n둘 | {long} | 1 | 2"
    found = audit_of(Sheet(text=sheet, unit="명"))
    outcomes = [check.outcome for check in found.checks if check.kind == "row_total"]
    assert outcomes == ["exact", "mismatch"]
    rate = f"구분 | 목표 | 실적 | 달성률\n하나 | 1건 | {long}건 | 3%"
    assert audit_of(Sheet(text=rate)).findings


@given(
    heads=st.lists(LABELS, min_size=2, max_size=6),
    rows=st.lists(st.tuples(LABELS, st.lists(CELLS, min_size=5, max_size=5)), max_size=6),
    unit=st.sampled_from([None, "명", "원", "백만원", "%"]),
)
@settings(max_examples=120, deadline=None)
def test_no_table_makes_the_audit_fail(
    heads: list[str], rows: list[tuple[str, list[str]]], unit: str | None
) -> None:
    lines = [" | ".join(heads)]
    lines += [" | ".join([label, *cells[: len(heads) - 1]]) for label, cells in rows]
    found = audit_of(Sheet(text="\n".join(lines), unit=unit))
    assert len({check.check_id for check in found.checks}) == len(found.checks)
    assert {one for finding in found.findings for one in finding.check_ids} <= {
        check.check_id for check in found.checks if check.outcome not in ("exact", "uncheckable")
    }
    assert all(finding.explanation_ko and finding.explanation_en for finding in found.findings)
