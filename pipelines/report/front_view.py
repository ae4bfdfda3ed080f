"""The first page and the pages that list every report."""

from collections.abc import Iterator
from typing import Final

from extract.remarks import WARNINGS
from pipelines.code_words import Language
from pipelines.reasons import REASONS
from pipelines.report.charts.outcomes import draw_outcomes, largest_first
from pipelines.report.charts.trend import draw_trend
from pipelines.report.front import Front
from pipelines.report.rendering import render
from pipelines.report.wording import words_of
from pipelines.tables import DATASET

_REPORTS_A_PAGE: Final = 500


def front_page(front: Front, language: Language, first: int, data_count: int) -> bytes:
    """Return the first page.

    Args:
        front: what it shows.
        language: of its words.
        first: how many findings stand in it; the others are loaded when someone asks for them.
        data_count: files of data with all findings.
    """
    say = words_of(language)
    return render(
        "front.html.j2",
        language,
        front=front,
        first=front.findings[:first],
        data_count=data_count,
        choices=_choices(front),
        institutions=largest_first(front.by_institution),
        kinds=largest_first(front.by_kind),
        institution_chart=draw_outcomes(front.by_institution, say("by_institution"), say),
        kind_chart=draw_outcomes(front.by_kind, say("by_kind"), say),
        trend_chart=draw_trend(front.runs, say),
        list_count=_list_count(front),
        root="",
    )


def list_pages(front: Front, language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the pages that list every report."""
    count = _list_count(front)
    for number in range(1, count + 1):
        start = (number - 1) * _REPORTS_A_PAGE
        yield (
            f"reports-{number}.html",
            render(
                "reports.html.j2",
                language,
                reports=front.reports[start : start + _REPORTS_A_PAGE],
                number=number,
                count=count,
                total=len(front.reports),
                root="",
            ),
        )


def dictionary_page(language: Language) -> bytes:
    """Return the data dictionary as a page: every table and column with its meaning."""
    codes = (*WARNINGS, *REASONS)
    return render("dictionary.html.j2", language, tables=DATASET, codes=codes, root="")


def _list_count(front: Front) -> int:
    return max(1, -(-len(front.reports) // _REPORTS_A_PAGE))


def _choices(front: Front) -> dict[str, list[str]]:
    """Return what can be chosen in each filter of the findings."""
    return {
        "institution": sorted({one.institution for one in front.findings} - {""}),
        "year": sorted({one.year for one in front.findings} - {""}),
        "kind": sorted({kind for one in front.findings for kind in one.kinds}),
    }
