"""Patterns of reported numbers in Korean administrative prose, and of digits that report nothing.

A counter of one syllable is also the beginning of longer words (3회 and 3회의실, 5건 and 5건물),
so each carries the continuations after which it does not count.
"""

from typing import Literal

import regex

NUMBER = r"(?:[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?)"
"""Digits with commas; groups may be damaged, and a comma at the end belongs to the sentence."""

SIGN = r"(?:[△▲▽▼∆]\s?|(?<=[\s(:~])[-+](?=[0-9.]+\s?(?:%|퍼센트)))?"
"""A dash means minus before a percentage only; before other numbers it opens an item."""
NOT_INSIDE = r"(?<![0-9A-Za-z.,#]|[0-9][:/])"
"""What may not stand right before a number: it would be part of a name, a date or a time."""

_COUNTERS: dict[str, str] = {
    "명": "칭|함|절|세|동|품|예|의변경",
    "인": r"\s?(?:가구|미디어|세대|방송|창조|기업|시위|크리에이터|출판|가족|[0-9])|극|용|당|칭|실|분|식|승"
          "|석|병실|조|제|력|원|건|증|구|터",
    "개": r"월|년|소(?!식|일)|사(?![업회례람무랑이용고찰유전진항])|정(?!책)|편|선(?!정)|항|봉|회|장|강|설|관"
          r"|통(?!의)|폐|발|념|인(?!\s)|최",
    "개소": "식|일",
    "개사": "업|회|례|람|무|랑|이|용|고|찰|유|전|진|항",
    "여명": "",
    "곳": "",
    "군데": "",
    "업체": "",
    "건": "물|축|강|설|립|조|반|국|전|폐|평|너|의서|의사항",
    "회": r"계|사|의실|의록|원|장|기|째|전|귀|차|용|색|식|화|담|복|고",
    "차례": "",
    "배": "송|치|부|수|정|포|달|경|관|합|열|출|당|려|우|상|터|기",
    "팀": "장|원",
    "교": "육|실|통|사|수|구|류|부|대|체|재|과|회|정|환|차|량|란|섭",
    "학급": "",
    "강": "의|좌|사|화|남|북|당|연|습|서|동|제|점|변|릉|원|아|철|력",
    "강좌": "",
    "과목": "",
    "과정": "",
    "종": "합|목|류|사|료|로|이|점|교|결|전|자|중|속|별|량|\\s?(?:일반|근린|주거|국민|보통|면허|시설)",
    "종류": "",
    "종목": "",
    "식": r"품|당|사|물|재|별|량|생|음|비|수|의|용|민|단|자|료|목|전|순|장|약|감|대|탁|판|히|에|으|과|이",
    "대": r"책|상|학|회|표|비|응|출|여|형|부|리|안|로|략|중|변|체|행|기|강|문|한|규|통령|국|사|외|신|성|화|전|구|다"
          r"|가|인|과|적|해|도|관|교|피|필|란|의원|\s?(?:과제|목표|보험|국정|시책|공약|비전|프로젝트|대통령"
          r"|국회|의회|의장|회장|구청장|시장|청년|여성|남성|이하|초반|중반|후반)",
    "세대": "별|간|주|교체|공감|통합",
    "가구": "별|주|원|점|제|당|거리|단지|공장",
    "가정": "의|용|법",
    "권": "역|한|리|고|장|익|유|위|력|분|총|자|상|투|매|농",
    "매": "출|장|입|월|년|매|각|체|칭|력|뉴|니|몰|일|회|우|수|주|도|개|립|번|설",
    "점포": "",
    "부스": "",
    "세트": "",
    "그루": "",
    "마리": "",
    "작품": "",
    "필지": "",
    "노선": "",
    "구간": "",
    "회선": "",
    "차로": "",
    "문항": "",
    "상자": "",
    "박스": "",
    "켤레": "",
    "포기": "",
    "인분": "",
    "구좌": "",
    "계좌": "",
    "병상": "",
    "좌석": "",
    "개면": "",
    "시간": "대|표|제|강사|선택|외|당",
    "척": "추|도|결|박|수|척",
    "편": "성|의점|의시설|리|입|익|집|지|차|도|안|승|중|향|견|제|법|백|한|마|파|하|찬",
    "점": r"\s?만점|검|수|포|심|유|자|차|진|프|핵|등|화|용|령|거|착|멸|도|적|장|주|오|박|퍼|묵",
    "석": "사|유|탄|차|면|방|좌|축|회|학|재|조|촌|관|수|가",
    "면": "적|접|담|허|세|제|역|사|장|에|을|이|은|의|서|으|부|밀|모|단|학|책|회|대|목|민|류|화|과|도",
    "실": "적|시|행|무|제|질|천|태|현|험|습|내|외|업|장|용|효|사|증|감|력|명|버|비|수|거|종|정|상|로|과",
    "량": "",
    "선": r"\s?(?:의원|시장|구청장|도로|지하철|도시철도)|정|발|수|거|도|택|물|생|배|진|포|행|출|임|호|언|로|양|박|원|두|별|착"
          "|량|구|전|명|율|릉|이|순|후|사|상|의|에|을|은",
    "채널": "",
    "꼭지": "",
    "컷": "",
    "라운드": "",
}  # fmt: skip
"""Counters that count in running text; ordinals (차, 기, 호, 위, 단계, 장, 층) are not among them."""

_MEASURES = (
    r"㎡|㎢|㎥|m\s?²|m2|m³|m3|㎞|km|㎏|kg|㏊|ha|㎾h|㎾|kWh|kW|MWh|MW|GWh|㎜|mm|㎝|cm|㎘|kL|ℓ|L|톤|t|m|TOE|toe"
    "|tCO2eq|tCO2|dB|ppm|GB|TB|평(?=\\P{Hangul}|$|의|을|이|에|규모)|달러|유로|포인트(?!로|가)"
)
_PERCENT_PARTICLES = (
    r"(?![A-Za-z])(?=\P{Hangul}|$|[를을이가의은는와과에로씩대인만도증감보수나차국시구군도특매할상하달집확지정내이미초완목"
    r"부범선절해입참응]|까지|포인트)(?!나눔|사랑)"
)
PERCENT = rf"(?:%\s?포인트|%[pP](?![A-Za-z])|(?:%|퍼센트){_PERCENT_PARTICLES})"
SCALE = r"(?:[십백천]?[만억조]|[십백천])"
MONEY_END = r"원(?!칙|인(?![\s데바지])|활|스톱|도심|장|예|룸|어민|격|본|심|서|생|단|내|전|주|아|탁)"
CHAIN = (
    rf"{NUMBER}\s?여?\s?{SCALE}(?:\s?{NUMBER}\s?{SCALE})*(?:(?<=만)\s?{NUMBER}(?=\s?(?:원|명)))?"
)
"""Numbers in words: 1억 5천만, 2조 78억, 1,017백만, 3만 2천."""

COUNTED_NOUNS = (
    "사회적협동조합|사회적경제기업|사회적기업|마을기업|자활기업|협동조합|청년기업|중소기업|스타트업|소상공인|기업|업체"
    "|회사|제품|상품|품목|지역|자치구|시군구|시·군·구|시·군|시군|시도|시·도|기관|단체|부서|학교|사업장|사업|과제|세부과제"
    "|과정|프로그램|강좌|분야|업종|컨소시엄|조합|마을|매장|점포|상점|시장|센터|시설|채널|노선|구간|지구|단지|권역|거점"
    "|협회|협의체|동아리|모임|위원회|분과|유형|항목|지표|문항|코스|부스|강의실|교육과정|교실|학급|아파트|공동주택|어린이집|유치원"
    "|경로당|복지관|도서관|공원|병원|약국|대학교|대학|초등학교|중학교|고등학교|정류장|정류소|주차장|품종|종목|읍면동"
    "|읍·면·동|행정동|법정동|도시|국가|나라|국|팀|동|교|반|조|과|실|점|종|면|읍|리|시|군|구|도"
)
_SHORT_NOUN_GUARD = (
    r"(?<!\s(?:소|처|국|면|리|시|군|구|도|실|점|종|조|과|반|읍))(?<!개시(?=[설장범행작간])|개\s?동(?=아리|네|영|작|물|호|주민)"
    r"|개\s?교(?=육|재|실|통|사)|개\s?조(?=합|직|사|례|항|건|성)|개\s?소(?=식|일|상|통|득|규|재|속)|개\s?사(?=업|회)"
    r"|개\s?과(?=정|제|목|학)|개\s?반(?=찬|영|기)|개\s?국(?=가|비|공|내|제)|개\s?실(?=시|적|과|무|행|험|습)|개\s?점(?=포|검)"
    r"|개\s?종(?=목|류|합|교)|개\s?군(?=부)|개\s?구(?=역|간|청|성|매|좌|축)|개\s?도(?=서|시|로|입|움)|개\s?면(?=적|접)"
    r"|개\s?리(?=더|빙|모)|개\s?처(?=리))"
)
_NOUN_END = r"(?=\P{Hangul}|$|(?:[이가을를은는의에와과도로만씩중]|에서|으로|이상|이하|내외)(?=\P{Hangul}|$))"
COUNTED = (
    rf"개(?:(?P<noun>{COUNTED_NOUNS})|\s(?P<noun>{COUNTED_NOUNS}){_NOUN_END}){_SHORT_NOUN_GUARD}"
)


def _alternatives() -> str:
    words = sorted(_COUNTERS, key=len, reverse=True)
    return "|".join(f"{word}(?!{_COUNTERS[word]})" if _COUNTERS[word] else word for word in words)


COUNTER = rf"(?:{_alternatives()})"
MEASURE = rf"(?:{_MEASURES})(?![A-Za-z0-9²³])"
HOUSES = r"호(?=\s?(?:를|을|의|이)?\s?(?:공급|건립|건설|매입|확보|이상|규모|내외|입주|분양))"
BUILDINGS = r"동(?!\s?[0-9]+\s?호|네|아리|기|주민|행|영상|작구|대문|구|절)"
PIECES = r"(?:부(?!록|터|문|서|분|담|과|지|동산|스|처|장|모|산|여|천|시장|속|정|총|의)|장(?!애|비|소|려|관|기|학|터|년|르|치|단|점|착|부|병|수|식|인|벽|판|례|구|의|에))"
MACHINES = r"기(?=\s?(?:를|을)?\s?(?:설치|보급|구축|교체|확충|운영|증설))"
AGE = r"(?:세(?=\s?(?:이상|이하|미만|초과|[~∼〜-]|부터|까지|이후))|(?<=[~∼〜-]\s?(?:만\s?)?[0-9]{1,3}\s?)세)"
"""An age counts where it is a limit; 100세 시대 is a saying."""
GROWN = r"(?:주|두|등)(?=\s?(?:를|을|의)?\s?(?:식재|심|이식|보식|제거|교체|설치|신설|정비|사육|지원)|[,)]|\s*$)"
"""Trees, cattle and lamps; elsewhere weeks, heads and ranks."""

UNIT = rf"(?:{PERCENT}|{MONEY_END}|{COUNTED}|{COUNTER}|{MEASURE}|{HOUSES}|{BUILDINGS}|{PIECES}|{MACHINES}|{GROWN}|{AGE})"
CELL_UNIT = r"(?:개월|년|일|주|분|초|세|월|학기|박|층|호|기|부|장|쪽|선|단계)(?=\s|$|[(),/])"
"""Units that count only where a whole cell holds the number: terms, ages, durations."""

AMOUNT = regex.compile(
    rf"{NOT_INSIDE}(?P<sign>{SIGN})(?P<number>{CHAIN}|{NUMBER})(?P<over>\s?여)?\s?"
    rf"(?P<unit>{UNIT})"
)
MONEY_ONLY = regex.compile(
    rf"{NOT_INSIDE}(?P<sign>{SIGN})(?P<number>{NUMBER}\s?[십백천]?억(?:\s?{NUMBER}\s?[십백천]?만)?"
    rf"|{NUMBER}\s?조\s?{NUMBER}\s?[십백천]?억|[0-9]+\.[0-9]+\s?조)(?P<over>\s?여)?"
    r"(?!\s?(?:명|건|개|㎡|톤|뷰|회|원|달러)|새|[0-9])"
)
_TILDE = r"\s?[~∼〜～]\s?"
TILDE = regex.compile(_TILDE)
AFTER_TILDE = regex.compile(rf"{_TILDE}(?:만\s?)?$")
RANGE = regex.compile(
    rf"{NOT_INSIDE}(?P<low>{NUMBER})(?:\s?{SCALE}?\s?(?:{UNIT})?)(?:{_TILDE}|(?<=[0-9])[-–](?=[0-9]))"
    rf"(?P<high>{CHAIN}|{NUMBER})\s?여?\s?(?P<unit>{UNIT}|억(?=\s?(?:이상|이하|미만|규모)))"
)
PAIR = regex.compile(
    rf"{NOT_INSIDE}(?P<first>{NUMBER})\s?/\s?(?P<second>{NUMBER})\s?(?P<unit>{UNIT})"
)
RATIO = regex.compile(
    rf"{NOT_INSIDE}(?P<part>{NUMBER})%?(?:\s?[:：∶]\s?(?P<part>{NUMBER})%?){{1,5}}(?![0-9:])"
)
_FUNDS = r"국비|시비|도비|군비|구비|특교(?:세|금)?|특별(?:조정)?교부(?:세|금)|기금|균특|지방비|민자|자부담|자체부담|기타|시특교"
FUND_WORD = regex.compile(
    rf"(?P<fund>(?<!\p{{Hangul}})(?:{_FUNDS})|(?:{_FUNDS})(?=\s?[:：]))"
    r"\s?(?:보조금|지원)?\s?(?:\([0-9.]+%\)\s?)?[:：(]?\s?(?:약\s?|총\s?)?$"
)
SHORT_FUND = regex.compile(r"(?:^|[(\[,/·+\s])\s?(?P<fund>[국시도군구특민])\s?[:：]?\s?$")
RATIO_SOURCES = regex.compile(
    rf"(?:(?P<fund>{_FUNDS}|[국시도군구])\s?[:：∶/·,]\s?){{1,5}}(?P<fund>{_FUNDS}|[국시도군구])"
    r"\s?(?:비율)?\s?[=:：(]?\s?$"
)
WHOLLY = regex.compile(rf"(?<!\p{{Hangul}})전액\s?(?P<fund>{_FUNDS})")
BARE = regex.compile(
    rf"(?<![0-9A-Za-z.,#:/~∼\-]|[0-9]\s?[-~])(?P<sign>{SIGN})(?P<number>{NUMBER})(?![0-9A-Za-z%:~∼\-/]|\.[0-9\s]|\.$)"
)
BEFORE_BARE = regex.compile(r"(?:^|[\s(,])(?:총|합계|총계|소계|계)\s?[:：]?\s?$")
AFTER_COLON = regex.compile(r"[\p{Hangul})\]]\s?[:：]\s?$")
END_OF_ITEM = regex.compile(r"\s*(?:$|[,;)\]\n])")
END_OF_SHARE = regex.compile(r"\s*(?:$|[,;)\]\n+·/\p{Hangul}])")
NOT_MEASURED = regex.compile(
    r"(?:전화|연락처|번호|일시|일자|기간|연번|팩스|주소|계좌|우편|쪽|날짜|시기|시간|위치|장소|소재지|년도|연도|☎)"
    r"\s?(?:\([^()]*\))?\s?[:：]\s?$"
)
CELL_BARE = regex.compile(
    rf"(?<=^|[\s(/])(?P<sign>[△▲▽▼∆]\s?|[-+](?=[0-9]))?(?P<number>{NUMBER})(?=$|[\s)/(,]|여)(?!\s?[/~∼]\s?[0-9])"
)
CELL_NIL = regex.compile(r"(?<=^|\s)-(?=\s|$)")
CELL_TERM = regex.compile(
    rf"(?<=^|\s)(?P<sign>)(?P<number>{NUMBER})(?P<over>\s?여)?\s?(?P<unit>{CELL_UNIT})"
)
TENURE = regex.compile(
    rf"(?:^\s*|임\s?기\s?[:：]?\s?|연임\s?)(?P<sign>)(?P<number>{NUMBER})(?P<over>)\s?(?P<unit>년)(?=\s*(?:[(,]|$))"
)
_TILE_NOUNS = r"[\p{Hangul}]{0,6}(?:기업|매장|제품|상품|업체|기관|단체|조합|지역|학교|마을|프로그램|품목|점포|자치구|센터)"
TILE = regex.compile(
    rf"\s*(?P<number>{NUMBER})\s(?:(?P<noun>{_TILE_NOUNS})|(?P<noun>[\p{{Hangul}}]{{1,10}})\s?\((?P<unit>[^()]{{1,6}})\))\s*"
)

APPROXIMATE_BEFORE = regex.compile(r"(?:(?<!\p{Hangul})(?:약|대략|최대|최소|최고|평균))\s?$")
APPROXIMATE_AFTER = regex.compile(
    r"\s?(?:규모\s?)?(?P<word>이상|이하|내외|정도|미만|초과|이내|가량|남짓|안팎|여(?=\s|$))"
)
BOUNDS: dict[str, Literal["min", "max"]] = {
    "이상": "min",
    "초과": "min",
    "최소": "min",
    "이하": "max",
    "미만": "max",
    "이내": "max",
    "최대": "max",
}
ORDINAL_BEFORE = regex.compile(r"(?<!\p{Hangul})제\s?$")
_ITEM = rf"\p{{Hangul}}{{1,8}}\s?(?P<number>{NUMBER})\s?"
ITEMS = regex.compile(rf"\(\s?{_ITEM}(?:[,·/]\s?{_ITEM})+\)")
"""A bracket of labels with bare numbers: (남 250, 여 250)."""
BRACKET = regex.compile(r"[(\[](?P<inner>[^()\[\]]*)(?:[)\]]|$)")

BLOCKED = regex.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|\#[\p{L}\p{N}]+"
    r"|☎?\s?0[0-9]{1,2}[-.)]\s?[0-9]{3,4}[-.][0-9]{4}|☎\s?[0-9~-]+|(?<![0-9,.])[0-9]{3,4}-[0-9]{4}(?![0-9,])"
    r"|(?:19|20)[0-9]{2}\s?(?:년도?|학년도)|(?:19|20)[0-9]{2}\.\s?[0-9]{1,2}\.?(?:\s?[0-9]{1,2}(?!\p{L}))?\.?"
    r"|[’‘'`´][0-9]{2}\s?(?:년도?|[.]\s?[0-9]{1,2}[.]?)?"
    r"|[0-9]{1,2}\s?(?:[~∼〜-]\s?[0-9]{1,2}\s?)?월(?:\s?[0-9]{1,2}\s?일)?(?!\p{Hangul}{2}비)"
    r"|(?<![0-9:.])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?![0-9.:])|[0-9]{1,2}\s?시\s?[0-9]{1,2}\s?분"
    r"|[1-4]\s?/\s?4\s?(?:분기)?(?![0-9%\p{Hangul}])|[1-4]\s?/\s?4\s?분기"
    r"|(?<!\p{Hangul})제\s?[0-9]+(?:\s?[-~,·]\s?[0-9]+)*\s?\p{Hangul}{0,3}"
    r"|(?<![0-9,.])[0-9]+\s?(?:\p{Hangul}{1,3}|㎡|km)당(?=[\s,)0-9]|$)"
    r"|[0-9]\s?학년(?:\s?[0-9]{1,2}\s?반)?|(?<![0-9,])24시간|(?<![0-9])365일"
    r"|(?<![0-9])1(?:인|사|교|가구|마을|동|부서|기업|단체|가정)\s?1\s?\p{Hangul}+"
    r"|(?<![0-9,.])1인\s?(?=\p{Hangul})(?!\s?(?:이상|이하|배치|채용|지원|선발|위촉|고용|증원|충원|투입|선정|참여|근무)"
    r"|[이을를의은는과와])|\p{Hangul}[0-9]+동(?![0-9])|\p{Hangul}+(?:로|길)\s?[0-9]+(?:-[0-9]+)?(?:번?길\s?[0-9]+)?(?=[\s,)]|$)"
    r"|^\s*[0-9]{1,2}(?=\s+\p{Hangul}(?:\s+\p{Hangul})+\s*$)|(?<![0-9.,])0[0-9]+(?![0-9.,])"
    r"|(?:[·.…⋯‥]\s?){4,}[0-9]+\s*$|\p{L}*코로나\s?19"
)
"""Dates, addresses, phones, places and idioms: their digits report nothing."""
