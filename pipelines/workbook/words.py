"""What the sheets of a workbook say, in Korean and in English."""

from typing import Final

from extract.records import Place
from pipelines.code_words import Language, Pair, Words, pick

SHEETS: Final[Words] = {
    "about": ("안내", "about"),
    "findings": ("지적사항", "findings"),
    "checks": ("검산", "checks"),
    "terms": ("검산항", "terms"),
    "figures": ("수치", "figures"),
    "budgets": ("예산", "budgets"),
    "targets": ("목표와_실적", "targets"),
    "tables": ("표", "tables"),
    "facts": ("모든_수치", "facts"),
}
STATES: Final[Words] = {
    "number": ("", ""),
    "nil": ("'-'로 적힘", "printed as a dash"),
    "blank": ("빈칸", "blank"),
    "undecided": ("미정", "undecided"),
    "damaged": ("읽을 수 없음", "unreadable"),
    "text": ("글", "text"),
    "counted": ("열거된 것을 센 수", "counted from the list"),
}
MEASURES: Final[Words] = {
    "budget": ("예산", "budget"),
    "budget_initial": ("당초예산", "initial budget"),
    "execution": ("집행", "execution"),
    "total_cost": ("총사업비", "total cost"),
    "secured_budget": ("확보 예산", "secured budget"),
    "granted": ("교부", "granted"),
    "transfer": ("전용", "transfer"),
    "balance": ("잔액", "balance"),
    "refund": ("반환", "refund"),
    "interest": ("이자", "interest"),
    "other_income": ("기타수익", "other income"),
    "disallowed": ("불인정", "disallowed"),
    "rate": ("비율", "rate"),
    "target": ("목표", "target"),
    "actual": ("실적", "actual"),
    "count": ("개수", "count"),
    "amount": ("금액", "amount"),
    "area": ("면적", "area"),
    "headcount": ("인원", "headcount"),
    "ratio": ("구성 비율", "ratio"),
    "threshold": ("기준", "threshold"),
    "age_limit": ("나이 기준", "age limit"),
    "tenure": ("임기", "tenure"),
}
BASES: Final[Words] = {
    "plan": ("계획", "plan"),
    "result": ("결과", "result"),
    "state": ("현황", "state"),
}
DECIDED: Final[Words] = {
    "formula": ("수식", "formula"),
    "chance": (
        "끝수 확률: 적힌 그대로면 기록된 판정, 값을 바꾸면 허용 오차로 판정",
        "chance of rounding: as recorded while nothing is changed, then by the tolerance",
    ),
    "form": (
        "표기 방식: 적힌 그대로면 기록된 판정, 값을 바꾸면 허용 오차로 판정",
        "how it is printed: as recorded while nothing is changed, then by the tolerance",
    ),
    "uncheckable": (
        "검산 불가: 읽을 수 없거나 빈칸에 나머지가 있을 수 있음",
        "uncheckable: unreadable, or a blank may hold the rest",
    ),
    "recorded": (
        "다시 계산할 수 없음: 15자리를 넘거나 항이 기록되지 않음",
        "cannot be computed here: more than 15 digits, or terms that are not on record",
    ),
}
ABOUT: Final[tuple[Pair, ...]] = (
    (
        "이 통합 문서는 보고서에 적힌 수치의 합계·비율·재원 구분을 수식으로 다시 계산한다.",
        "This workbook computes the sums, rates and splits of reports again, as formulas.",
    ),
    (
        "'수치' 시트의 파란 칸(적힌 수)을 고치면 그 수가 든 모든 검산이 다시 판정된다.",
        "Change a blue cell (the printed number) of the sheet 'figures': every check with that "
        "number is judged again.",
    ),
    (
        "금액 칸에는 원 단위의 정확한 값이 들어 있고, 적힌 단위(천원·백만원)로 보인다.",
        "Cells with money hold the exact value in won and show it in the printed unit.",
    ),
    (
        "'수치'와 '검산항' 시트는 수식이 참조하므로 정렬하지 않는다. 다른 시트는 정렬해도 된다.",
        "Do not sort the sheets 'figures' and 'terms': formulas point there. Others may be sorted.",
    ),
    (
        "판정: 차이가 0이면 일치, 허용 오차 안이면 끝수 범위, 넘으면 불일치. 끝수를 처리한 합은 "
        "허용 오차 안이라도 우연히 생길 확률이 1%보다 작으면 '끝수로 보기 어려움'이며, 그 확률은 "
        "수식으로 계산하지 않고 기록된 값을 쓴다('판정 근거' 열).",
        "Outcome: exact where the difference is 0, within rounding up to the tolerance, else a "
        "mismatch. A sum within the tolerance whose difference has a chance below 1 % is 'unlikely "
        "rounding'; that chance is on record and not computed here (column 'decided by').",
    ),
    (
        "'-'와 빈칸은 0이 아니라 값이 없는 것이다. 합에는 아무것도 더하지 않는다.",
        "A dash or a blank is no value, not 0; it adds nothing to a sum.",
    ),
    (
        "적힌 수는 고치지 않았다. 나와야 할 값과 수정 제안은 '지적사항' 시트에 따로 있다.",
        "No printed number was changed. What should stand there is in the sheet 'findings'.",
    ),
)


def place_words(
    place: Place, table: tuple[int | None, int | None, int | None], language: Language
) -> str:
    """Return where a number stands, as one would look it up.

    Args:
        place: line and characters, or page.
        table: which table of the report, row and column, from 1; None where it is in none.
        language: of the words.
    """
    words = []
    if place.page is not None:
        words.append(pick((f"{place.page}쪽", f"page {place.page}"), language))
    if place.line_no is not None:
        span = f"{(place.char_start or 0) + 1}-{place.char_end}"
        ko = f"{place.line_no}번째 줄 {span}번째 글자"
        words.append(pick((ko, f"line {place.line_no}, characters {span}"), language))
    number, row, col = table
    if number is not None and row is not None and col is not None:
        ko = f"표 {number}의 {row}행 {col}열"
        words.append(pick((ko, f"table {number}, row {row}, column {col}"), language))
    return ", ".join(words) or "-"
