"""What a column of the dataset is, and the columns that several tables share."""

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

TEXT: Final = pa.string()
TEXTS: Final = pa.list_(pa.string())
WHOLE: Final = pa.int32()
LARGE: Final = pa.int64()
EXACT: Final = pa.decimal128(38, 6)
SHARE: Final = pa.float64()
POINTS: Final = pa.float64()
DAY: Final = pa.date32()
FLAG: Final = pa.bool_()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the one source of its type, its unit and its meaning."""

    name: str
    type: pa.DataType
    unit: str
    """What one step of the number is; empty for text."""
    ko: str
    en: str
    is_required: bool = False
    """True where every row has a value."""

    @property
    def field(self) -> pa.Field:
        """The Arrow field, with unit and meaning as its metadata."""
        said = {"unit": self.unit, "ko": self.ko, "en": self.en}
        return pa.field(self.name, self.type, nullable=not self.is_required, metadata=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the dataset."""

    name: str
    ko: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """Columns that together name a row; empty where rows have no name."""
    references: tuple[tuple[str, str], ...] = ()
    """Pairs of a column here and the table whose column of that name holds every value."""

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with the meaning of the table as its metadata."""
        return pa.schema(
            [column.field for column in self.columns], metadata={"ko": self.ko, "en": self.en}
        )


PLACE: Final = (
    Column(
        "line_no",
        WHOLE,
        "line",
        "원문 줄 번호(1부터). HWP·HWPX는 표 안까지 차례로 센 문단 번호",
        "Line of the text file, from 1; of HWP and HWPX the paragraph in reading order, those in "
        "cells counted",
    ),
    Column(
        "char_start",
        WHOLE,
        "character",
        "줄(문단) 안의 시작 글자(0부터)",
        "First character in the line or paragraph, from 0",
    ),
    Column(
        "char_end",
        WHOLE,
        "character",
        "줄(문단) 안의 끝 글자(미포함)",
        "End of the span in the line or paragraph, exclusive",
    ),
    Column("page", WHOLE, "page", "쪽(1부터)", "Page, from 1"),
    Column("x0", POINTS, "pt", "왼쪽 좌표", "Left edge, from the left of the page"),
    Column("y0", POINTS, "pt", "위쪽 좌표", "Upper edge, from the top of the page"),
    Column("x1", POINTS, "pt", "오른쪽 좌표", "Right edge"),
    Column("y1", POINTS, "pt", "아래쪽 좌표", "Lower edge"),
)
"""Either the first three columns are filled (text file, HWP, HWPX) or the others (page)."""

DOCUMENT_ID: Final = Column(
    "document_id", TEXT, "", "보고서 식별자(파일의 SHA-256)", "SHA-256 of the report's bytes", True
)
TABLE_ID: Final = Column(
    "table_id", TEXT, "", "표 식별자, 본문이면 비어 있음", "Table; empty in running text"
)
PERIOD: Final = (
    Column("period_start", DAY, "day", "대상 기간의 첫날", "First day of the period"),
    Column("period_end", DAY, "day", "대상 기간의 마지막 날", "Last day of the period"),
    Column("period_label", TEXT, "", "기간 표기(원문)", "The period as printed"),
)
REGION: Final = (
    Column("institution", TEXT, "", "작성 기관", "Institution that reports"),
    Column("region_code", TEXT, "", "행정표준코드(지역)", "Standard administrative code"),
    Column("region_name", TEXT, "", "지역 이름", "Name of the region"),
    Column("fiscal_year", WHOLE, "year", "회계연도", "Fiscal year of the report"),
)
FACT_IDS: Final = Column(
    "fact_ids", TEXTS, "", "이 행을 이루는 수치들", "Facts that make up the row", True
)
PLACES: Final = pa.list_(pa.struct([pa.field(column.name, column.type) for column in PLACE]))
"""Places, each as the columns of `PLACE`."""
CELL_REFS: Final = pa.list_(
    pa.struct(
        [
            pa.field("role", pa.string()),
            pa.field("fact_id", pa.string()),
            pa.field("table_id", pa.string()),
            pa.field("row", pa.int32()),
            pa.field("col", pa.int32()),
            *(pa.field(column.name, column.type) for column in PLACE),
            pa.field("factor", EXACT),
        ]
    )
)
"""The cells of a check: role (result or operand), fact, table position, the place flat, and with
what an operand is multiplied (-1 where it is subtracted)."""
REPAIRS: Final = pa.list_(
    pa.struct(
        [
            pa.field("option", pa.int32()),
            pa.field("fact_id", pa.string()),
            pa.field("table_id", pa.string()),
            pa.field("row", pa.int32()),
            pa.field("col", pa.int32()),
            pa.field("printed", EXACT),
            pa.field("value", EXACT),
            pa.field("slip", pa.string()),
        ]
    )
)
"""The numbers that possible repairs of a finding change: one option is one repair."""
