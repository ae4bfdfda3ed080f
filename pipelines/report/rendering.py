"""The templates of the report, and what they may call."""

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.code_words import Language
from pipelines.report.layout import (
    report_name,
    tables_name,
)
from pipelines.report.wording import words_of

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def environment(language: Language) -> Environment:
    """Return the templates in a language; text of reports is escaped wherever it is shown."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        say=words_of(language),
        language=language,
        report_name=report_name,
        tables_name=tables_name,
    )
    found.filters["count"] = lambda number: f"{number:,}"
    return found


def render(name: str, language: Language, **context: object) -> bytes:
    """Return a page."""
    return environment(language).get_template(name).render(**context).encode("utf-8")
