"""Data Docs made still: the same dataset gives the same pages, and none asks the network."""

import re
from pathlib import Path
from typing import Final

_LOGO: Final = re.compile(r"https://[^\s\"']*/logo-long\.png(?:\?[^\s\"']*)?")
_REMOTE: Final = re.compile(
    r"<link\b[^>]*https?://[^>]*>|<script\b[^>]*https?://[^>]*>\s*</script>"
    r"|background:\s*url\(['\"]?https?://[^)]*\)[^;]*;",
)
_NAME: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME: Final = re.compile(r"\b20\d{6}T\d{6}\.\d{6}Z")
_STILL: Final = "20000101T000000.000000Z"
"""The time that every run bears."""
_STYLE: Final = """<style>
body { font-family: sans-serif; margin: 1rem 2rem; }
table { border-collapse: collapse; margin: .5rem 0; }
td, th { border: 1px solid #ccc; padding: .25rem .5rem; text-align: left; vertical-align: top; }
footer, #ge-cta-footer, .modal { display: none; }
</style>
</head>"""
"""Stands in for the style sheets that the pages would load from elsewhere."""


def make_still(docs: Path) -> None:
    """Rewrite the pages in `docs` without addresses on the web, random names and times."""
    for page in sorted(docs.rglob("*.html")):
        home = "../" * (len(page.relative_to(docs).parts) - 1)
        text = _LOGO.sub(f"{home}static/images/logo-long.png", page.read_text(encoding="utf-8"))
        text = _REMOTE.sub("", text).replace("</head>", _STYLE, 1)
        page.write_text(_without_chance(text), encoding="utf-8", newline="\n")


def _without_chance(text: str) -> str:
    names = {name: f"part-{at}" for at, name in enumerate(dict.fromkeys(_NAME.findall(text)))}
    return _TIME.sub(_STILL, _NAME.sub(lambda found: names[found.group()], text))
