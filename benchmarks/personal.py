"""How much personal data is masked, and how much else: made-up identifiers and their look-alikes.

    python -m benchmarks.personal [--seed N] [--count N]

Each identifier stands in a sentence, a list, a form or a line with columns, as in reports; it
counts as masked when it is not to be found any more. Each look-alike (amounts, dates, law numbers,
codes) stands in such a context, too; it counts as harmed when its sentence changed in any way.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from normalize.personal.masking import mask_text

_SURNAMES: Final = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민"
)
_DOUBLE: Final = ("남궁", "황보", "제갈", "선우")
_FIRST: Final = (
    "민서지현수영은정준도예하재승태동성경진상종혜미윤유나다소시우원인규병기명세연주채한형희"
)
_LAST: Final = "준우진호현민수영희경숙자은지연아윤서원혁훈석철환식규태성미정란순기선빈율린솔찬결"
_OFFICES: Final = ("총무과", "기획예산과", "일자리정책과", "복지정책과", "도로관리팀", "감사담당관")
_TITLES: Final = ("과장", "팀장", "주무관", "사무관", "국장", "계장")
_AREAS: Final = ("02", "031", "032", "042", "051", "053", "062", "063", "064")
_HOSTS: Final = ("korea.kr", "seoul.go.kr", "example.go.kr", "mail.example.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A made-up text with what is in question in it."""

    kind: str
    text: str
    subject: str
    """The identifier; of a look-alike the whole text."""
    is_personal: bool

    def is_masked(self) -> bool:
        """Return whether the subject is gone; of a look-alike, whether the text is another one."""
        masked = mask_text(self.text)
        return self.subject not in masked if self.is_personal else masked != self.text


def _digits(dice: random.Random, count: int, first: str = "123456789") -> str:
    return dice.choice(first) + "".join(dice.choice("0123456789") for _ in range(count - 1))


def _name(dice: random.Random) -> str:
    roll = dice.random()
    if roll < 0.03:
        return dice.choice(_DOUBLE) + dice.choice(_FIRST) + dice.choice(_LAST)
    if roll < 0.06:
        return dice.choice(_SURNAMES) + dice.choice(_FIRST)
    return dice.choice(_SURNAMES) + dice.choice(_FIRST) + dice.choice(_LAST)


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _phone(dice: random.Random) -> str:
    area, office, last = dice.choice(_AREAS), _digits(dice, dice.choice((3, 4)), "2345678"), ""
    last = _digits(dice, 4, "0123456789")
    mobile = f"010-{_digits(dice, 4, '2345678')}-{last}"
    shapes = (
        f"{area}-{office}-{last}",
        f"({area}) {office}-{last}",
        f"{area}){office}-{last}",
        f"{area}.{office}.{last}",
        f"☎ {office}-{last}",
        f"+82-{area[1:]}-{office}-{last}",
        f"전화 {area} {office} {last}",
        mobile,
        mobile.replace("-", "."),
        mobile.replace("-", " "),
        mobile.replace("-", ""),
        _wide(f"{area}-{office}-{last}"),
        f"Tel. {area}-{office}-{last}",
        f"전화 {area} - {office} - {last}",
        f"FAX {office}-{last}",
        f"내선 {last}",
    )
    return dice.choice(shapes)


def _email(dice: random.Random) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    user = "".join(dice.choice(letters) for _ in range(dice.randint(3, 9)))
    user += dice.choice(("", "12", ".lee", "_1", "-kim"))
    at = dice.choice(("@", "@", "@", "＠", " @ ", "@ "))
    return f"{user}{at}{dice.choice(_HOSTS)}"


def _resident(dice: random.Random) -> str:
    day = f"{dice.randint(30, 99)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
    separator = dice.choice(("-", "-", " - ", "－"))
    return f"{day}{separator}{dice.choice('12345678')}{_digits(dice, 6, '0123456789')}"


def _number_text(dice: random.Random, subject: str) -> str:
    name, office = _name(dice), dice.choice(_OFFICES)
    shapes = (
        f"문의: {office} {name} {subject}",
        f"담당자 {name}({subject})",
        f"{office} | {name} | {subject}",
        f"자세한 사항은 {office}({subject})로 문의",
        f"○ 연락처 : {subject}",
        f"{name} {subject} 신청",
        f"※ {subject}으로 제출하고 예산 {dice.randint(1, 900)},000천원을 집행",
    )
    return dice.choice(shapes)


def _name_text(dice: random.Random, subject: str) -> str:
    office, title, other = dice.choice(_OFFICES), dice.choice(_TITLES), _name(dice)
    last = _digits(dice, 4)
    shapes = (
        f"담당자: {subject}",
        f"담당: {title} {subject}",
        f"작성자 : {office} {subject} (☎ 2670-{last})",
        f"성명: {subject}",
        f"성 명 : {subject}",
        f"대표자 : {subject} / 설립 2015년",
        f"이름 | {subject}",
        f"책임자: {other}, 담당자: {subject}",
        f"○ 담당자({subject})",
        f"보고자: {' '.join(subject)}",
        f"연구책임자 : {subject} 교수",
        f"담당자: {other}·{subject}",
        f"담당자\t{subject}\t2670-{last}",
    )
    titled = (
        f"{office} {title} {subject}",
        f"{title} {subject}, 예산 {last}천원",
        f"{subject} {title}이 보고",
        f"{office}장 {subject}(2670-{last})",
        f"구청장 {subject}은 현장을 방문",
        f"{subject}{title}",
    )
    is_short = len(subject) == 2  # such a name is one after a label only
    return dice.choice(shapes if is_short else shapes + titled)


def personal_samples(dice: random.Random, count: int) -> Iterator[Sample]:
    """Yield made-up identifiers in context: numbers, e-mails and labelled names in equal parts."""
    makers: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
        ("phone", _phone),
        ("email", _email),
        ("resident", _resident),
        ("name", _name),
    )
    for at in range(count):
        kind, make = makers[at % len(makers)]
        subject = make(dice)
        text = _name_text(dice, subject) if kind == "name" else _number_text(dice, subject)
        found = " ".join(subject) if kind == "name" and subject not in text else subject
        yield Sample(kind=kind, text=text, subject=found, is_personal=True)


def _amounts(dice: random.Random) -> str:
    number = f"{dice.randint(1, 99_999_999):,}"
    shapes = (
        f"집행액 {number}천원",
        f"담당 예산 {number}원(집행률 {dice.randint(1, 100)}.{dice.randint(0, 9)}%)",
        f"계 {number} - 02 {dice.randint(100, 999)} {dice.randint(1000, 9999)}",
        f"강사료 @{dice.randint(1, 500)},000원×12월",
        f"△{number}",
        f"국비:시비:구비 = 50:25:25, {number}",
        f"전화 상담 {dice.randint(1000, 9999)}건, 방문 {dice.randint(100, 999)}명",
        f"1,234 | {number} | -",
        f"{dice.randint(1000, 9000)}-{dice.randint(1000, 9000)} 사이 금액 {number}",
        f"면적 {number}㎡, 단가 {dice.randint(100, 999)}.{dice.randint(1000, 9999)}",
    )
    return dice.choice(shapes)


def _dates(dice: random.Random) -> str:
    year, month, day = dice.randint(1995, 2026), dice.randint(1, 12), dice.randint(1, 28)
    shapes = (
        f"{year}-{month:02d}-{day:02d}",
        f"{year}.{month:02d}.{day:02d}~{month:02d}.28.",
        f"{year}{month:02d}{day:02d}",
        f"사업기간 {year}-{year + 3}",
        f"’{year % 100:02d}. {month}. {day}.",
        f"문의 기간: {year}.{month}.{day}. 09:00-18:00",
        f"{month:02d}.{day:02d}.{year}",
    )
    return dice.choice(shapes)


def _codes(dice: random.Random) -> str:
    shapes = (
        f"행정코드 {_digits(dice, 10)}",
        f"예산과목 {dice.randint(100, 400)}-{dice.randint(1, 12):02d}",
        f"법 제{dice.randint(1, 90)}조의{dice.randint(2, 9)}제{dice.randint(1, 9)}항",
        f"제2024-{_digits(dice, 4)}호",
        f"사업자등록번호 {_digits(dice, 3)}-{_digits(dice, 2)}-{_digits(dice, 5)}",
        f"법인등록번호 110111-{_digits(dice, 7)}",
        f"관리번호 {_digits(dice, 4)}-{_digits(dice, 4)}",
        f"우편번호 0{_digits(dice, 4)}",
        f"공고 제2024-{_digits(dice, 3)}호(2024. 3. 15.)",
        f"{_digits(dice, 3)}호 회의실",
        f"접수번호: 02-{_digits(dice, 4)}-{_digits(dice, 4)}",
        f"통계표 {_digits(dice, 3)}-{_digits(dice, 3)}",
        f"여의대로 {dice.randint(1, 300)}-{dice.randint(1, 90)}",
        f"고유번호 {_digits(dice, 12)}",
        f"ISBN 979-11-{_digits(dice, 4)}-{_digits(dice, 3)}-{_digits(dice, 1)}",
    )
    return dice.choice(shapes)


def _words(dice: random.Random) -> str:
    topics = (
        "안정화",
        "전산화",
        "주민자치",
        "공약사업",
        "조성사업",
        "현장방문",
        "정책연구",
        "인사말",
    )
    shapes = (
        f"시장 {dice.choice(topics)} 추진",
        f"구청장 {dice.choice(topics)}",
        f"담당: {dice.choice(_OFFICES)}",
        f"과장 전결, 팀장 회의 {dice.randint(1, 9)}회",
        f"위원 {dice.randint(3, 30)}명 위촉(위원장 1명)",
        f"담당자 교육 {dice.randint(1, 9)}회 {dice.randint(10, 99)}명",
        f"대표 {dice.choice(topics)} 선정",
        f"{dice.choice(topics)} 담당자 간담회",
        f"주차장 {dice.randint(1, 9)}개소, 운동장 정비",
        f"성명: 해당 없음, 담당자: 미정({dice.randint(1, 9)}월)",
        f"담당 공무원 {dice.randint(2, 40)}명",
    )
    return dice.choice(shapes)


def look_alike_samples(dice: random.Random, count: int) -> Iterator[Sample]:
    """Yield made-up amounts, dates, codes and words beside titles."""
    makers = (("amount", _amounts), ("date", _dates), ("code", _codes), ("word", _words))
    for at in range(count):
        kind, make = makers[at % len(makers)]
        text = make(dice)
        yield Sample(kind=kind, text=text, subject=text, is_personal=False)


def main() -> None:
    """Print which share of each kind is masked, and what was missed or harmed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    samples = [*personal_samples(dice, asked.count), *look_alike_samples(dice, asked.count)]
    total = Counter(sample.kind for sample in samples)
    masked = Counter(sample.kind for sample in samples if sample.is_masked())
    for kind, number in total.items():
        print(f"{kind:<10} {masked[kind]:>5} of {number:>5} masked  {masked[kind] / number:.4f}")
    for sample in samples:
        if sample.is_masked() != sample.is_personal:
            print(f"  {'left' if sample.is_personal else 'harmed'}: {sample.text!r}")


if __name__ == "__main__":
    main()
