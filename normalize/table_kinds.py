"""What kind of table it is: budget, execution, targets, staffing ..., by its words and facts."""

from collections import Counter
from collections.abc import Sequence

import regex

from extract.records import TableGrid
from normalize.headers import Labels
from normalize.records import Fact

_BY_WORDS: tuple[tuple[str, regex.Pattern[str]], ...] = (
    ("settlement", regex.compile(r"정산|결산|반환")),
    ("staffing", regex.compile(r"정\s?원|현\s?원|인\s?력\s?현황|직\s?급")),
    ("contracts", regex.compile(r"계약|낙찰|용역")),
    ("schedule", regex.compile(r"일\s?정|추진사항|일\s?자")),
    ("support", regex.compile(r"지원현황|지원\s?내역|지원액")),
    ("facility", regex.compile(r"시설명|소재지|연면적|시설\s?현황")),
    ("roster", regex.compile(r"명\s?단|위원명|기업명|기관명|단체명")),
)
_BY_MEASURE = {
    "budget": "budget", "budget_initial": "budget", "total_cost": "budget",
    "secured_budget": "budget", "execution": "execution", "target": "targets",
    "actual": "performance", "granted": "settlement", "balance": "settlement",
    "headcount": "staffing", "area": "facility",
}  # fmt: skip


def kind_of_table(grid: TableGrid, labels: Labels, facts: Sequence[Fact]) -> str:
    """Return the kind of a table, `other` where nothing tells it."""
    measures = Counter(fact.measure for fact in facts)
    if measures["target"] and measures["actual"]:
        return "performance"
    words = " ".join(
        [*(cell.text for cell in labels.cells if cell.role == "header"),
         grid.caption.text if grid.caption else ""]
    )  # fmt: skip
    top = measures.most_common(1)[0][0] if measures else ""
    if top in ("budget", "execution", "target", "total_cost"):
        return _BY_MEASURE[top]
    for kind, pattern in _BY_WORDS:
        if pattern.search(words):
            return kind
    if top in _BY_MEASURE:
        return _BY_MEASURE[top]
    return "statistics" if len(facts) >= 4 else "other"
