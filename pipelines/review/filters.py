"""Which findings a person wants to see, and where one stands among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pipelines.review.book import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of findings; empty for anything."""

    severity: str = ""
    institution: str = ""
    year: str = ""
    kind: str = ""
    cause: str = ""
    state: str = ""
    words: str = ""

    @property
    def query(self) -> str:
        """The filter as the end of an address, with its question mark; empty for none."""
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__}
        said = urlencode({name: value for name, value in asked.items() if value})
        return f"?{said}" if said else ""

    def fits(self, entry: Entry) -> bool:
        """Return whether a finding is wanted."""
        line = entry.line
        text = self.words.strip().lower()
        return (
            self.severity in ("", line.severity)
            and self.institution in ("", line.institution)
            and self.year in ("", line.year)
            and self.cause in ("", line.cause)
            and self.state in ("", entry.state)
            and (not self.kind or self.kind in line.kinds)
            and text in f"{line.title} {line.file_name} {line.finding_id}".lower()
        )


def wanted_of(params: Mapping[str, str]) -> Wanted:
    """Return what the parameters of an address ask for; others are ignored."""
    return Wanted(**{name: params.get(name, "") for name in Wanted.__dataclass_fields__})


def choices(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return what can be chosen in each filter."""
    lines = [entry.line for entry in entries]
    return {
        "institution": sorted({one.institution for one in lines} - {""}),
        "year": sorted({one.year for one in lines} - {""}),
        "kind": sorted({kind for one in lines for kind in one.kinds}),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a finding stands among those that are wanted."""

    number: int
    """From 1; 0 where it is not among them."""
    total: int
    before: str
    after: str
    next_open: str
    """The next one on which nobody decided; empty for none."""


def position(entries: Sequence[Entry], finding_id: str) -> Position:
    """Return where a finding stands, and what comes before and after it."""
    names = [entry.line.finding_id for entry in entries]
    at = names.index(finding_id) if finding_id in names else -1
    later = (*entries[at + 1 :], *entries[: max(0, at)])
    waiting = (one.line.finding_id for one in later if one.state == "open")
    return Position(
        number=at + 1,
        total=len(names),
        before=names[at - 1] if at > 0 else "",
        after=names[at + 1] if at + 1 < len(names) else "",
        next_open=next(waiting, ""),
    )
