"""Words that tell what a number measures: money, targets, results, people, areas."""

import regex

from normalize.records import Measure

MONEY_PURPOSES: tuple[tuple[Measure, regex.Pattern[str]], ...] = (
    ("disallowed", regex.compile(r"불인정")),
    ("interest", regex.compile(r"이자")),
    ("refund", regex.compile(r"반환|반납|정산잔액|환수")),
    ("balance", regex.compile(r"잔액|불용|이월|집행잔|잔고|잉여금")),
    ("other_income", regex.compile(r"기타\s?수익|기타\s?수입|수익금|잡수입")),
    ("transfer", regex.compile(r"전용|이용액|변경사용|조정액")),
    ("granted", regex.compile(r"교부")),
    ("budget_initial", regex.compile(r"초기\s?예산|당초\s?예산|본예산|기정\s?예산|기정액")),
    ("secured_budget", regex.compile(r"확보액|예산\s?확보|확보\s?예산|기확보")),
    ("amount", regex.compile(r"징수|수납|부과액|결손|체납|세입\s?결산액")),
    ("execution", regex.compile(r"집\s?행(?!\s?잔)|지출|결산액|실집행|사용액|기투자")),
    ("total_cost", regex.compile(r"총\s?사\s?업\s?비|총\s?소요|총\s?투자")),
    (
        "budget",
        regex.compile(
            r"예\s?산|소요\s?재원|소요액|투자\s?수요|투자\s?계획|사\s?업\s?비|세입|세출|현액|추경|편성"
        ),
    ),
    (
        "amount",
        regex.compile(
            r"금액|매출|계약\s?(?:금|규모|액)|거래액|지원액|지원금|보조금|단가|증가액|수입|수당|기금"
        ),
    ),
)
"""Read from the first to the last; the first word found decides."""

STRONG_BUDGET = regex.compile(r"예\s?산|소요|투자|현액|추경|편성")
"""Words that mean a budget; 사업비, 세입 and 세출 may as well head what was spent."""
TARGET = regex.compile(r"목\s?표|계획\s?(?:량|치|수)?$|추진\s?계획")
ACTUAL = regex.compile(r"실\s?적|달성(?![률율을도])|추진(?:\s?결과)?$|성\s?과$|이행(?![률율])|누적")
RATE = regex.compile(
    r"[률율](?:\(.*\))?$|비율|비중|구성비|점유|달성을|달성을률|증감율|\(%\)|\(%p\)|[A-Z]\)?\s?/\s?[A-Z]\)?$"
)
STAFF = regex.compile(
    r"정\s?원|현\s?원|과부족|위원\s?수|직원|종사자|인력|^인\s?원$|센터장|팀장|상근|구성원"
)
PROGRESS = regex.compile(r"집\s?행|달\s?성|이\s?행|추\s?진|진\s?도|공\s?정|목표\s?대비")
STAFF_TEXT = regex.compile(r"조\s?직|센터장|팀장|인력|직원|상근|근무|종사자|위원")
ACHIEVED = regex.compile(r"(?:달\s?성|집\s?행|이\s?행|진\s?도|진\s?척|공\s?정)\s?[률율]")
PLANNED = regex.compile(r"(?<![가-힣])계\s?획(?:\s?액)?$")
"""Planned money is a budget: 계획 | 집행, each split into its sources."""
AGAINST_TARGET = regex.compile(r"목\s?표(?:\s?[0-9.,]+\s?[가-힣%]{1,3})?\s?대비")
PEOPLE = regex.compile(
    r"인\s?원|명\s?수|이용자|참여자|참석|방문객|관람객|(?<!수)수료|수강|교육생|주민|회원|대상자|인구"
    r"|(?:학생|교원|교사|아동|노인|[가-힣]자)\s?수$|^(?:학생|교원|교사|종사자)$|[0-9]세\s?(?:이상|이하|미만|초과)"
)
AREA = regex.compile(r"면\s?적|연면적|부지")
MONEY = regex.compile(
    r"금\s?액|예\s?산|집\s?행\s?액|집행잔액|사업비|지원액|교부액|재원|매출|수요|국비|시비|도비|구비|군비|잔액|비용|보조금|기금|단가"
    r"|결산액|이월액|세입|세출|수입|지출|위탁금|수익"
)
COUNT = regex.compile(
    r"건\s?수|횟\s?수|기업\s?수|개소|시설\s?수|업체\s?수|단체\s?수|팀\s?수|사업\s?수|기관\s?수|세대수|가구수|수\s?량|물량|대수"
)
RESULT_SECTION = regex.compile(
    r"실\s?적|성\s?과|추진\s?내역|추진\s?결과|집행|결산|정산|운영\s?결과|지원\s?내역|활동\s?내역"
)
PLAN_SECTION = regex.compile(r"계\s?획|목\s?표|향후|소요|투자\s?수요|추진\s?방향|예정")
STATE_SECTION = regex.compile(r"현\s?황|개\s?요|일반|실태|필요성|배경|여건|환경")
