"""Word lists of the audit: totals, funding sources, rates, differences, as reports print them."""

import re
from typing import Final

GRAND_TOTALS: Final = ("총계", "총합계", "총합", "총누계")
TOTALS: Final = ("합계", "계", "전체", "총액", "합산", "누계", "총수", "총", "전체계", "합계액")
SUBTOTALS: Final = ("소계", "중계", "부분계")
TOTAL_ENDINGS: Final = ("총합계", "총계", "합계", "소계")
"""Endings that make a label a total without a space before them (시설운영비소계)."""

FUNDING_LABELS: Final = (
    "국비", "국고", "국고보조금", "국가", "시비", "도비", "군비", "구비", "시도비", "광역",
    "지방비", "특교", "특별교부금", "특별교부세", "특교세", "특조", "특별조정교부금", "교부세",
    "기금", "자부담", "민자", "민간", "민간자본", "자체", "자체재원", "기타", "균특", "균특회계",
    "조정교부금", "의존재원", "차입금", "지방채", "융자", "보조금", "교육청", "교육비",
)  # fmt: skip

GOAL_TOTALS: Final = (
    "목표", "총목표", "최종목표", "목표치", "총사업비", "사업비", "계획", "총계획",
)  # fmt: skip
"""Headings that often stand for the sum of the periods beside them, and not always."""

EXECUTED: Final = ("집행액", "집행금액", "집행", "실집행액", "지출액", "지출", "사용액", "결산액")
AVAILABLE: Final = (
    "교부액", "교부금액", "예산현액", "최종예산액", "예산액", "예산금액", "예산", "배정액",
    "편성액", "사업비", "확보액", "예산확보액", "계획현액", "계획액",
)  # fmt: skip
INITIAL: Final = re.compile(r"본예산|당초|기정|초기|전년")
"""Budgets that were raised before they were spent: execution may exceed them."""
CARRIED: Final = ("이월액", "다음연도이월액", "차년도이월액", "이월")
RETURNED: Final = ("보조금집행잔액", "보조금반납금", "보조금반환금", "국고보조금집행잔액")
ACHIEVED: Final = (
    "누적실적", "실적", "추진실적", "추진", "성과", "달성", "실적치", "이행실적", "결과", "완료",
)  # fmt: skip
INTENDED: Final = ("목표", "목표치", "목표값", "계획", "사업목표", "추진목표", "당초목표", "총목표")

PHASES: Final = (
    "기투자", "기투자액", "기집행", "기집행액", "향후", "이후", "잔여", "임기후", "임기내", "당해",
)  # fmt: skip
"""Columns that stand among years: what was spent before and what is still to come."""

RATE_FAMILIES: Final = (
    (re.compile(r"(실?집행|지출|예산집행)[률율]"), EXECUTED, AVAILABLE),
    (
        re.compile(r"(달성|이행|진도|진척|추진|실적|성과|공정)(을[률율]|[률율을])|목표대비"),
        ACHIEVED,
        INTENDED,
    ),
)
"""What a rate is called (with the misreading 달성을률), its numerators and denominators.
Of several denominators the first that the table has is meant: 교부액 before 예산액."""

DIFFERENCES: Final = (
    (("과부족",), ("현원", "현인원"), (("정원",),)),
    (("불용액", "불용"), AVAILABLE, (EXECUTED, CARRIED)),
    (("집행잔액", "예산잔액", "잔액", "미집행액"), AVAILABLE, (EXECUTED, CARRIED, RETURNED)),
    (("차인잔액", "수지차"), ("수입", "세입", "수입액"), (("지출", "세출", "지출액"),)),
)
"""(result, minuend, subtrahends) by label; a second subtrahend only where the table has it."""

_BUDGET_CHANGES: Final = (
    ("전용액", "전용", "이전용액", "이용전용액", "전용등", "변경사용액", "증감액", "증감"),
    ("추경", "추경예산", "추경예산액", "추경증감액"),
    ("전년도이월액", "전년이월액", "이월예산액"),
    ("예비비", "예비비사용액", "예비비지출결정액"),
)
ADDITIONS: Final = (
    (
        ("최종예산액", "최종예산", "변경예산액", "변경예산", "예산현액"),
        ("초기예산액", "당초예산액", "당초예산", "본예산액", "본예산", "예산액"),
        _BUDGET_CHANGES,
    ),
    (
        ("반환대상액", "반환액", "반납대상액", "반납액", "반납금", "정산잔액", "보조금반환액"),
        ("집행잔액", "사업비잔액", "잔액"),
        (
            ("예금이자", "이자발생액", "발생이자", "이자수입", "이자"),
            ("기타수익금", "기타수익", "기타수입", "수익금"),
            ("불인정액", "불인정금액"),
        ),
    ),
)
"""(result, first term, further terms that the table may have): the parts of 예산현액, and what the
settlement forms of subsidies add up (보조금 관리에 관한 법률 제31조: 잔액과 이자를 반환한다)."""

SHARE_LABELS: Final = ("대비비율", "구성비", "구성비율", "비중", "점유율", "비율", "가중치", "배점")
WEIGHT_LABELS: Final = ("대비비율", "가중치", "비중", "배점", "구성비")

NOT_ADDED: Final = re.compile(
    r"평균|단가|연번|순번|순위|회당|[률율]$|[률율]\(|증감률|비고|연도$|기준$|최대|최소|1인당|당$|배수|지수"
    r"|만족도|점수|성비|밀도|세대당|가구당|비율"
)
"""Labels of figures that are never added up."""

STOCK_LABELS: Final = re.compile(r"누적|누계|현재|연말|년말|월말|보유|잔여|잔액|재고")
"""Labels of stocks: their total over periods is the last figure."""

RATIO_LABEL: Final = re.compile(r"^[\d.]+(:[\d.]+)+$")
"""A ratio printed in a heading (75:17.5:7.5) names nothing."""

PARTIAL_LISTS: Final = re.compile(r"등(?=[)\s,]|$)|외\s*\d|포함|중복|제외|중\s*\d|이상|내외")
"""Words that say that the parts do not make the whole."""

MEASURED_UNITS: Final = frozenset({
    "㎡", "m²", "m2", "km", "㎞", "m", "ha", "톤", "t", "kg", "kWh",
})  # fmt: skip
"""Measured things are rounded; all other units count whole things."""

SUMMABLE_PAID: Final = ("지원액", "지원금", "보조금", "예산", "집행", "교부", "사업비", "투입액")
"""Headings of money that a programme spends, so that its total cost bounds it."""

PEOPLE_UNITS: Final = frozenset({"명", "인", "분", "세대", "가구"})
TIMES_UNITS: Final = frozenset({"회", "차", "차례", "번", "회기"})
"""Units of what is counted that no other thing is counted in."""

GENERIC_NAMES: Final = frozenset({
    "구분", "항목", "목표", "실적", "달성", "달성률", "달성을률", "달성을", "이행률", "집행률",
    "추진", "계획", "누적실적", "건수", "현황", "내용", "내역", "사업목표", "사업실적", "추진실적",
    "추진내역", "주요실적", "추진현황", "비고", "합계", "총계", "소계", "기타", "예산액", "집행액",
    "금액", "인원", "개수", "기관", "기업", "운영", "지원", "실시", "진행", "개최", "단위",
    "세부구분", "사업", "지역",
})  # fmt: skip
"""Names that say nothing about what is reported."""
