"""Patterns of reported numbers in Korean prose, and of digits that report nothing."""

from collections.abc import Iterator
from typing import Literal

import regex

from normalize.funding import MIDDLE_DOTS
from normalize.unit_words import (
    COUNTED_NOUNS,
    COUNTED_SYLLABLES,
    COUNTER_GUARDS,
    PLAIN_COUNTERS,
)

_PARTICLE = r"[이가을를은는의에와과도로만씩중]|에서|으로|이상|이하|내외"
_PARTICLE_END = rf"(?=(?:{_PARTICLE})(?:\P{{Hangul}}|$))"
_WORD_END = rf"(?:{_PARTICLE_END}|(?=\P{{Hangul}}|$))"
"""The end of a noun: nothing more, or a particle and nothing more."""


def _guarded(table: str) -> Iterator[str]:
    """Yield a pattern for each line "counter: continuations", longest counter first."""
    entries = regex.findall(r"(?m)^ {4}(\p{Hangul}+): ((?:.|\n {5,})+)", table)
    for word, continuations in sorted(entries, key=lambda entry: -len(entry[0])):
        yield rf"{word}(?:{_PARTICLE_END}|(?!{'|'.join(continuations.split())}))"


def _either(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


NUMBER = r"(?>[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?)"
"""Digits with commas; groups may be damaged, and a comma at the end belongs to the sentence."""
_SIGN = r"(?:[△▲▽▼∆]\s?|(?<=^|[\s(:~])[-+](?=[0-9.]+\s?(?:%|퍼센트)))?"
"""A dash means minus before a percentage only; before other numbers it opens an item."""
_NOT_INSIDE = r"(?<![0-9A-Za-z.,#]|[0-9][:/])"
"""What may not stand right before a number: it would be part of a name, a date or a time."""
_SCALE = r"(?:[십백천]?[만억조]|[십백천])"
_CHAIN = (
    rf"{NUMBER}\s?여?\s?{_SCALE}(?:\s?{NUMBER}\s?{_SCALE}){{0,5}}"
    rf"(?:(?<=만)\s?{NUMBER}(?=\s?(?:원|명)))?"
)
"""Numbers with words of scale: 1억 5천만, 2조 78억, 1,017백만, 3만 2천."""

_COUNTER = rf"(?:{_either(PLAIN_COUNTERS)}|{'|'.join(_guarded(COUNTER_GUARDS))})"
_COUNTED = (
    rf"개(?:(?P<noun>{_either(COUNTED_NOUNS)}|{'|'.join(_guarded(COUNTED_SYLLABLES))})"
    rf"|\s(?P<noun>{_either(COUNTED_NOUNS)}|{'|'.join(_guarded(COUNTED_SYLLABLES))}){_WORD_END})"
)
_MEASURE = (
    r"(?:㎡|㎢|㎥|m\s?²|m2|m³|m3|㎞|km|㎏|kg|㏊|ha|㎾h|㎾|kWh|kW|MWh|MW|GWh|㎜|mm|㎝|cm|㎘|kL|ℓ|L"
    r"|톤|t|m|TOE|toe|tCO2eq|tCO2|㎍/㎥|dB|ppm|GB|TB|평(?=\P{Hangul}|$|[의을이에]|규모)|달러|유로"
    r"|포인트(?![로가]))(?![A-Za-z0-9²³])"
)
_AFTER_PERCENT = (
    r"(?![A-Za-z])(?!나눔|사랑)(?=\P{Hangul}|$|까지|포인트"
    r"|[를을이가의은는와과에로씩대인만도증감보수나차국시구군도특매할상하달집확지정내미초완목부범선절해입참응])"
)
_PERCENT = rf"(?:%\s?포인트|%[pP](?![A-Za-z])|(?:%|퍼센트){_AFTER_PERCENT})"
_WON = r"원(?!칙|인(?![\s데바지])|활|스톱|도심|장|예|룸|어민|격|본|심|서|생|단|내|전|주|아|탁)"
_HOUSES = r"호(?=\s?[를을의이]?\s?(?:공급|건립|건설|매입|확보|이상|규모|내외|입주|분양))"
_MACHINES = r"기(?=\s?[를을]?\s?(?:설치|보급|구축|교체|확충|운영|증설))"
_GROWN = (
    r"[주두등](?=\s?[를을의]?\s?(?:식재|심|이식|보식|제거|교체|설치|신설|정비|사육|지원)"
    r"|[,)]|\s*$)"
)
"""Trees, cattle and lamps; elsewhere weeks, heads and ranks."""
_AGE = (
    r"(?:세(?=\s?(?:이상|이하|미만|초과|[~∼〜-]|부터|까지|이후))"
    r"|(?<=[~∼〜-]\s?(?:만\s?)?[0-9]{1,3}\s?)세)"
)
"""An age counts where it is a limit; 100세 시대 is a saying."""
_UNIT = (
    rf"(?:{_PERCENT}|{_WON}|{_COUNTED}|{_COUNTER}|{_MEASURE}|{_HOUSES}|{_MACHINES}|{_GROWN}"
    rf"|{_AGE})"
)
_CELL_UNIT = r"(?:개월|년|일|주|분|초|세|월|학기|박|층|호|기|부|장|쪽|선|단계)(?=\s|$|[(),/])"
"""Units that count only where a whole cell holds the number: terms, ages, durations."""

AMOUNT = regex.compile(
    rf"{_NOT_INSIDE}(?P<sign>{_SIGN})(?P<number>{_CHAIN}|{NUMBER})(?P<over>\s?여)?\s?"
    rf"(?P<unit>{_UNIT})"
)
MONEY_ONLY = regex.compile(
    rf"{_NOT_INSIDE}(?P<sign>{_SIGN})"
    rf"(?P<number>{NUMBER}\s?[십백천]?억(?:\s?{NUMBER}\s?[십백천]?만)?"
    rf"|{NUMBER}\s?조\s?{NUMBER}\s?[십백천]?억|[0-9]+\.[0-9]+\s?조)(?P<over>\s?여)?"
    r"(?!\s?(?:명|건|개|㎡|톤|뷰|회|원|달러)|새|[0-9])"
)
_TILDE = r"\s?[~∼〜～]\s?"
TILDE = regex.compile(_TILDE)
AFTER_TILDE = regex.compile(rf"{_TILDE}(?:만\s?)?$")
RANGE = regex.compile(
    rf"{_NOT_INSIDE}(?P<low>{NUMBER})(?:\s?{_SCALE}?\s?(?:{_UNIT})?)"
    rf"(?:{_TILDE}|(?<=[0-9])[-–](?=[0-9]))(?P<high>{_CHAIN}|{NUMBER})\s?여?\s?"
    rf"(?P<unit>{_UNIT}|억(?=\s?(?:이상|이하|미만|규모)))"
)
PAIR = regex.compile(
    rf"{_NOT_INSIDE}(?P<first>{NUMBER})\s?/\s?(?P<second>{NUMBER})\s?(?P<unit>{_UNIT})"
)
RATIO = regex.compile(
    rf"{_NOT_INSIDE}(?P<part>{NUMBER})%?(?:\s?[:：∶]\s?(?P<part>{NUMBER})%?){{1,5}}(?![0-9:])"
)

_FUNDS = (
    rf"(?:국비|시비|도비|[시구][{MIDDLE_DOTS}]?군비|군[{MIDDLE_DOTS}]?구비|군비|구비"
    r"|시?특교(?:세|금)?|특별(?:조정)?교부(?:세|금)|기금|균특|지방비|민자|자부담|자체부담|기타)"
)
FUND_WORD = regex.compile(
    rf"(?P<fund>(?<!\p{{Hangul}}){_FUNDS}|{_FUNDS}(?=\s?[:：]))\s?(?:보조금|지원)?\s?"
    r"(?:\([0-9.]+%\)\s?)?[:：(]?\s?(?:약\s?|총\s?)?$"
)
SHORT_FUND = regex.compile(
    rf"(?:^|[(\[,/·+\s])\s?(?P<fund>[시구][{MIDDLE_DOTS}]?군|[국시도군구특민])\s?[:：]?\s?$"
)
RATIO_SOURCES = regex.compile(
    rf"(?:(?P<fund>{_FUNDS}|[국시도군구])\s?[:：∶/·,]\s?){{1,5}}(?P<fund>{_FUNDS}|[국시도군구])"
    r"\s?(?:비율)?\s?[=:：(]?\s?$"
)
WHOLLY = regex.compile(rf"(?<!\p{{Hangul}})전액\s?(?P<fund>{_FUNDS})")

BARE = regex.compile(
    rf"(?<![0-9A-Za-z.,#:/~∼\-]|[0-9]\s?[-~])(?P<sign>{_SIGN})(?P<number>{NUMBER})"
    r"(?![0-9A-Za-z%:~∼\-/]|\.[0-9\s]|\.$|\s?[십백천만억조])"
)
BEFORE_BARE = regex.compile(r"(?:^|[\s(,])(?:총|합계|총계|소계|계)\s?[:：]?\s?$")
AFTER_COLON = regex.compile(r"[\p{Hangul})\]]\s?[:：]\s?$")
END_OF_ITEM = regex.compile(r"\s*(?:$|[,;)\]\n])")
NUMBERING = regex.compile(r"(?<=[:：]\s?[0-9]{1,2})\)\s?\S")
"""주 : 1) 외국인 제외 numbers its notes."""
END_OF_SHARE = regex.compile(r"\s*(?:$|[,;)\]\n+·/\p{Hangul}])")
NOT_MEASURED = regex.compile(
    r"(?:전화|연락처|번호|일시|일자|기간|연번|팩스|주소|계좌|우편|쪽|날짜|시기|시간|위치|장소|소재지"
    r"|년도|연도|☎)\s?(?:\([^()]*\))?\s?[:：]\s?$"
)
_ITEM = rf"\p{{Hangul}}{{1,8}}\s?(?P<number>{NUMBER})\s?"
ITEMS = regex.compile(rf"\(\s?{_ITEM}(?:[,·/]\s?{_ITEM})+\)")
"""A bracket of labels with bare numbers: (남 250, 여 250)."""
BRACKET = regex.compile(r"[(\[](?P<inner>[^()\[\]]*)(?:[)\]]|$)")

CELL_BARE = regex.compile(
    rf"(?<=^|[\s(/])(?P<sign>[△▲▽▼∆]\s?|[-+](?=[0-9]))?(?P<number>{NUMBER})"
    r"(?=$|[\s)/(,]|여|이상|이하|미만|초과|내외)(?!\s?[/~∼]\s?[0-9])"
)
CELL_RANGE = regex.compile(rf"\s*(?!(?:19|20)[0-9]{{2}}\b){NUMBER}\s?[~∼〜]\s?{NUMBER}\s*")
CELL_NIL = regex.compile(r"(?<=^|\s)-(?=\s|$)")
CELL_TERM = regex.compile(
    rf"(?<=^|\s)(?P<sign>)(?P<number>{NUMBER})(?P<over>\s?여)?\s?(?P<unit>{_CELL_UNIT})"
)
TENURE = regex.compile(
    rf"(?:^\s*|임\s?기\s?[:：]?\s?|연임\s?)(?P<sign>)(?P<number>{NUMBER})(?P<over>)\s?"
    r"(?P<unit>년)(?=\s*(?:[(,]|$))"
)
_TILE_NOUN = (
    r"\p{Hangul}{0,6}(?:기업|매장|제품|상품|업체|기관|단체|조합|지역|학교|마을|프로그램|품목|점포"
    r"|자치구|센터)"
)
TILE = regex.compile(
    rf"\s*(?P<number>{NUMBER})\s(?:(?P<noun>{_TILE_NOUN})"
    r"|(?P<noun>\p{Hangul}{1,10})\s?\((?P<unit>[^()]{1,6})\))\s*"
)

APPROXIMATE_BEFORE = regex.compile(r"(?<!\p{Hangul})(?:약|대략|최대|최소|최고|평균)\s?$")
APPROXIMATE_AFTER = regex.compile(
    r"\s?(?:규모\s?)?(?P<word>이상|이하|내외|정도|미만|초과|이내|가량|남짓|안팎|여(?=\s|$))"
)
BOUNDS: dict[str, Literal["min", "max"]] = {
    "이상": "min", "초과": "min", "최소": "min",
    "이하": "max", "미만": "max", "이내": "max", "최대": "max",
}  # fmt: skip
ORDINAL_BEFORE = regex.compile(r"(?<!\p{Hangul})제\s?$")

_NOT_A_NUMBER = (
    # addresses of the network, hash tags, telephones
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]+|\#[\p{L}\p{N}]+",
    r"☎?\s?0[0-9]{1,2}[-.)]\s?[0-9]{3,4}[-.][0-9]{4}|☎\s?[0-9~-]+",
    r"(?<![0-9,.])[0-9]{3,4}-[0-9]{4}(?![0-9,])",
    # dates and times
    r"(?:19|20)[0-9]{2}\s?(?:년도?|학년도)",
    r"(?:19|20)[0-9]{2}\.\s?[0-9]{1,2}\.?(?:\s?[0-9]{1,2}(?!\p{L}))?\.?",
    r"[’‘'`´][0-9]{2}\s?(?:년도?|[.]\s?[0-9]{1,2}[.]?)?",
    r"[0-9]{1,2}\s?(?:[~∼〜-]\s?[0-9]{1,2}\s?)?월(?:\s?[0-9]{1,2}\s?일)?(?!\p{Hangul}{2}비)",
    r"(?<![0-9:.])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?![0-9.:])|[0-9]{1,2}\s?시\s?[0-9]{1,2}\s?분",
    r"[1-4]\s?/\s?4\s?(?:분기)?(?![0-9%\p{Hangul}])|[1-4]\s?/\s?4\s?분기",
    # ordinals, serial numbers, headings (1 조 직), pages after leaders
    r"(?<!\p{Hangul})제\s?[0-9]+(?:\s?[-~,·]\s?[0-9]+)*\s?\p{Hangul}{0,3}",
    r"^\s*[0-9]{1,2}(?=\s+\p{Hangul}(?:\s+\p{Hangul})+\s*$)|(?<![0-9.,])0[0-9]+(?![0-9.,])",
    r"(?<![·.…⋯‥]\s?)(?:[·.…⋯‥]\s?){4,}+[0-9]+\s*$|[0-9]\s?학년(?:\s?[0-9]{1,2}\s?반)?",
    # places
    r"\p{Hangul}[0-9]+동(?![0-9])",
    r"\p{Hangul}{1,12}(?:(?<!도|선|철|관|통|진|판|산책|등산|탐방|보행)로|길)\s?[0-9]+(?:-[0-9]+)?(?:번?길\s?[0-9]+)?(?=[\s,)]|$)",
    # idioms and names: 24시간, 1사 1촌, 1인 미디어, 1인당, 20대 청년, 코로나19
    r"(?<![0-9,])24시간(?!\s*$)|(?<![0-9])365일|코로나\s?19",
    r"(?<![0-9,.])1(?:인|사|교|가구|마을|동|부서|기업|단체|가정)\s?1\s?\p{Hangul}+",
    r"(?<![0-9,.])1인\s?(?=\p{Hangul})(?!\s?(?:이상|이하|배치|채용|지원|선발|위촉|고용|증원|충원"
    r"|투입|선정|참여|근무)|[이을를의은는과와])",
    r"(?<![0-9,.])[0-9]+\s?(?:\p{Hangul}{1,3}|㎡|km)당(?=[\s,)0-9]|$)",
    r"(?<![0-9,.])[1-9]0(?:\s?[~∼,·-]\s?[1-9]0)?대(?=\s?(?:[가의은는를와,·~)]|이하|이상|초반|중반"
    r"|후반|청년|여성|남성|인구))",
)
BLOCKED = regex.compile("|".join(_NOT_A_NUMBER))
"""Dates, addresses, phones, places and idioms: their digits report nothing."""
