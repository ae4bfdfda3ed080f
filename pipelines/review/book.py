"""What is to be reviewed: the findings of the published version, with what people decided."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from pipelines.code_words import Language
from pipelines.corrections import Correction
from pipelines.home import Home
from pipelines.origins import read_origin
from pipelines.published import require_dataset
from pipelines.report.front import FindingLine, find_lines
from pipelines.report.shelf import Folio, Row, Shelf
from pipelines.review.decisions import (
    NOTHING,
    Decision,
    DecisionLog,
    Standing,
    Subject,
    corrections_of,
    standings,
)

_OPEN_FOLIOS: Final = 8
_KEY: Final = 16

STATES: Final = ("open", "accept", "reject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A finding in the list of those to be reviewed."""

    line: FindingLine
    subject: str
    standing: Standing

    @property
    def state(self) -> str:
        """One of STATES."""
        decision = self.standing.decision
        return "open" if decision is None else decision.action


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A decision about something that the published version does not hold."""

    decision: Decision
    has_changed: bool
    """Whether a file of the same name is there with other bytes."""


class ReviewBook:
    """The published version and the log, read again whenever either changed."""

    def __init__(self, home: Home, language: Language) -> None:
        """Open an output folder.

        Raises:
            RunError: there is no dataset.
        """
        self.home = home
        self.language = language
        self.log = DecisionLog(home)
        self._folder: Path = require_dataset(home.root)
        self._open()

    def _open(self) -> None:
        self.shelf = Shelf(self._folder)
        rows = {row["finding_id"]: row for row in self.shelf.all_of("findings")}
        self._lines = find_lines(self.shelf, self.language)
        self._subjects = {one: finding_subject(row) for one, row in rows.items()}
        self._places = {line.finding_id: at for at, line in enumerate(self._lines)}
        self._folios: OrderedDict[str, Folio] = OrderedDict()
        self._opening = Lock()
        placed = read_origin(self.home, self._folder.name).placed
        self.paths = {one.known.sha256: Path(one.path) for one in placed if "://" not in one.path}
        self._known: Mapping[Subject, Standing] = {}
        self._stamp: tuple[int, int] | None = None

    def refresh(self) -> None:
        """Look whether another version was published or somebody decided.

        Raises:
            RunError: the version or the log cannot be read.
        """
        folder = require_dataset(self.home.root)
        if folder != self._folder:
            self._folder = folder
            self._open()
        stamp = _stamp_of(self.log.path)
        if stamp != self._stamp:
            self._known, self._stamp = standings(self.log.read()), stamp

    @property
    def version(self) -> str:
        """Name of the published version."""
        return self._folder.name

    def entries(self) -> Sequence[Entry]:
        """Return every finding, the one to look at first before the others."""
        return [self._entry(line) for line in self._lines]

    def entry(self, finding_id: str) -> Entry | None:
        """Return one finding."""
        at = self._places.get(finding_id)
        return None if at is None else self._entry(self._lines[at])

    def folio(self, document_id: str) -> Folio | None:
        """Return a report; the last ones that were opened are kept."""
        with self._opening:
            if document_id not in self._folios:
                folio = self.shelf.folio(document_id)
                if folio is None:
                    return None
                self._folios[document_id] = folio
                if len(self._folios) > _OPEN_FOLIOS:
                    self._folios.popitem(last=False)
            self._folios.move_to_end(document_id)
            return self._folios[document_id]

    def standing(self, document_id: str, subject: str) -> Standing:
        """Return how a subject stands."""
        return self._known.get((document_id, subject), NOTHING)

    def corrections(self, document_id: str) -> tuple[Correction, ...]:
        """Return the cells of a report that people read otherwise."""
        return corrections_of(self._known).get(document_id, ())

    def left(self) -> Sequence[Left]:
        """Return what people decided about reports that changed or are gone, oldest first."""
        here = {row["document_id"] for row in self.shelf.documents}
        names = {row["file_name"] for row in self.shelf.documents}
        found = [
            Left(decision=one.decision, has_changed=one.decision.file_name in names)
            for (document_id, _), one in self._known.items()
            if one.decision is not None and document_id not in here
        ]
        return sorted(found, key=lambda one: one.decision.number)

    def _entry(self, line: FindingLine) -> Entry:
        subject = self._subjects[line.finding_id]
        return Entry(line=line, subject=subject, standing=self.standing(line.document_id, subject))


def finding_subject(row: Row) -> str:
    """Return what a finding is about: the same in every version in which it is found.

    Its number may change with the other findings of the report; its cell and title do not.
    """
    cell = row["cells"][0] if row["cells"] else {}
    place = [cell.get(name) for name in ("table_id", "row", "col", "line_no", "char_start", "page")]
    words = repr((row["document_id"], row["title_en"], place))
    return f"finding:{hashlib.sha256(words.encode()).hexdigest()[:_KEY]}"


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
