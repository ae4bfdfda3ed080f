"""Which local government a report belongs to, with its standard administrative code.

The table `region_codes.csv` holds the ten-digit 법정동 codes of the 17 si/do and of 228 si/gun/gu
(the 226 local governments and the two cities of 제주). It was made from the code table of the
package PublicDataReader 1.1.1 (MIT licence; table of September 2022), with what changed up to
August 2024 added: 강원특별자치도 (51), 전북특별자치도 (52), 군위군 in 대구광역시. Wards inside a
city (일반구, such as those of 부천시 since 2024) have no government of their own and are left out.
Later reorganisations, such as that of 인천광역시 in 2026, are not in it: reports written before
them carry the older names.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A si/do or a si/gun/gu."""

    code: str
    """Ten digits, the 법정동 code."""
    name: str
    """In full: 서울특별시 관악구."""
    province: str
    """The si/do: 서울특별시."""
    district: str
    """The si/gun/gu: 관악구; empty for a si/do."""
    level: Literal["regional", "local"]


_ALIASES: Mapping[str, tuple[str, ...]] = {
    "서울특별시": ("서울시", "서울"), "부산광역시": ("부산시", "부산"),
    "대구광역시": ("대구시", "대구"), "인천광역시": ("인천시", "인천"),
    "광주광역시": ("광주",), "대전광역시": ("대전시", "대전"), "울산광역시": ("울산시", "울산"),
    "세종특별자치시": ("세종시", "세종"), "경기도": ("경기",),
    "강원특별자치도": ("강원도", "강원"), "충청북도": ("충북도", "충북"),
    "충청남도": ("충남도", "충남"), "전북특별자치도": ("전라북도", "전북도", "전북"),
    "전라남도": ("전남도", "전남"), "경상북도": ("경북도", "경북"), "경상남도": ("경남도", "경남"),
    "제주특별자치도": ("제주도", "제주"),
}  # fmt: skip
"""Older and shorter names of the si/do."""
_AFTER = (
    r"(?:청장?|의회|의장|보건소|민|형|내|은|는|이|가|을|를|의|에|에서|와|과|로|도|만)?(?![가-힣])"
)
"""What may follow a name of two syllables: 남구는, 남구청, and not 남구현."""
_ADDRESS = re.compile(
    r"\s*(?:[가-힣]+[시군구]\s?)?(?:[가-힣0-9]+[읍면동리]\s?)?[가-힣0-9]+(?:로|길)\s?[0-9]"
)
"""The rest of a street address, which says where a house stands and not whose report it is."""
_LOCAL_WORDS = re.compile(
    r"(?<![가-힣])(?:[구군]비(?![가-힣])|우리\s?[구군](?![가-힣])|구청장|군수(?![가-힣]))"
)
"""A district speaking of itself: its own funds (구비), its own head (구청장)."""
_FULL_WEIGHT = 3
_OFFICE_WEIGHT = 2
_SHORT_TEXTS = 40
"""In more texts than these one mention of a name is not enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    pattern: re.Pattern[str]
    provinces: Mapping[str, str]
    districts: Mapping[str, tuple[Region, ...]]
    by_province: Mapping[str, Region]


def find_region(texts: Iterable[str]) -> Region | None:
    """Return the si/gun/gu, or else the si/do, that the texts speak for; None if undecided.

    A name in full counts more than a short one. A name that several cities share (중구, 고성군)
    counts only where the texts name the si/do. One district must make up half of all mentions of
    districts: a city's report names many.

    Examples:
        >>> find_region(["서울특별시 관악구 공약", "관악구는 서울시와 협력"]).code
        '1162000000'
    """
    names = _names()
    districts: Counter[tuple[str, str]] = Counter()
    provinces: Counter[str] = Counter()
    size = own = 0
    for text in texts:
        size += 1
        own += len(_LOCAL_WORDS.findall(text))
        _count(text, names, districts, provinces)
    least = 1 if size <= _SHORT_TEXTS else 2
    # A district's report names the city that pays for much of it more often than itself.
    factor = 4 if own >= least else 1
    local = _decide_local(names, districts, provinces, least=least, factor=factor)
    if local is not None:
        return local
    best, score = max(provinces.items(), key=lambda item: item[1], default=("", 0))
    if score < least or 2 * score <= provinces.total():
        return None
    return names.by_province[best]


def read_regions() -> tuple[Region, ...]:
    """Return all regions of the table, in the order of their codes."""
    table = files("normalize").joinpath("region_codes.csv").read_text("utf-8")
    return tuple(
        Region(
            code=row["code"],
            name=f"{row['province']} {row['district']}".strip(),
            province=row["province"],
            district=row["district"],
            level="local" if row["level"] == "local" else "regional",
        )
        for row in csv.DictReader(table.splitlines())
    )


@cache
def _names() -> _Names:
    regions = read_regions()
    provinces = {region.province: region.province for region in regions}
    for full, aliases in _ALIASES.items():
        provinces |= dict.fromkeys(aliases, full)
    districts: dict[str, tuple[Region, ...]] = {}
    for region in regions:
        if region.district:
            districts[region.district] = (*districts.get(region.district, ()), region)
    return _Names(
        pattern=_pattern(provinces, districts),
        provinces=provinces,
        districts=districts,
        by_province={r.province: r for r in regions if r.level == "regional"},
    )


def _pattern(provinces: Iterable[str], districts: Iterable[str]) -> re.Pattern[str]:
    long = _either(name for name in districts if len(name) > 2)
    short = _either(name for name in districts if len(name) == 2)
    # 상주시 is a city, 상주시키다 a verb.
    district = rf"(?:(?P<long>{long})(?![키켜킨킬킴])|(?P<short>{short})(?={_AFTER}))"
    every = _either(provinces)
    alone = _either(name for name in provinces if len(name) > 2)
    return re.compile(
        rf"(?<![가-힣])(?:(?:(?P<of>{every})\s?)?{district}|(?P<province>{alone}))(?P<office>청|의회)?"
    )


def _either(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


def _count(
    text: str, names: _Names, districts: Counter[tuple[str, str]], provinces: Counter[str]
) -> None:
    """Count a text's mentions; a district's key has its si/do, or nothing where none is named."""
    for hit in names.pattern.finditer(text):
        if _ADDRESS.match(text, hit.end()):
            continue
        if hit["province"]:
            full = names.provinces[hit["province"]]
            provinces[full] += _OFFICE_WEIGHT if hit["province"] == full else 1
            continue
        district = hit["long"] or hit["short"]
        weight = _OFFICE_WEIGHT if hit["office"] else 1
        if hit["of"] is None:
            districts["", district] += weight
            continue
        province = names.provinces[hit["of"]]
        if any(region.province == province for region in names.districts[district]):
            districts[province, district] += weight * _FULL_WEIGHT


def _decide_local(
    names: _Names,
    districts: Counter[tuple[str, str]],
    provinces: Counter[str],
    *,
    least: int,
    factor: int,
) -> Region | None:
    named: Counter[str] = Counter()
    for (province, _), count in districts.items():
        if province:
            named[province] += count
    scores: Counter[Region] = Counter()
    for (province, district), count in districts.items():
        region = _resolve(names.districts[district], province, named + provinces)
        if region is not None:
            scores[region] += count
    if not scores:
        return None
    (best, score), *others = scores.most_common(2)
    is_tied = bool(others) and others[0][1] == score
    leads = 2 * score >= scores.total() and factor * score > provinces[best.province]
    return best if leads and score >= least and not is_tied else None


def _resolve(
    candidates: tuple[Region, ...], province: str, mentioned: Counter[str]
) -> Region | None:
    if province:
        candidates = tuple(region for region in candidates if region.province == province)
    # 광주시 is a city of 경기도 and also short for 광주광역시.
    if len(candidates) == 1 and (province or candidates[0].district != "광주시"):
        return candidates[0]
    likely = [region for region in candidates if mentioned[region.province]]
    return likely[0] if len(likely) == 1 else None
