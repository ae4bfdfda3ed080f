"""The tables that hold what was read: documents, tables, cells, facts and schedules."""

from typing import Final

import pyarrow as pa

from pipelines.columns import (
    DAY,
    DOCUMENT_ID,
    EXACT,
    FLAG,
    LARGE,
    PERIOD,
    PLACE,
    PLACES,
    POINTS,
    REGION,
    SHARE,
    TABLE_ID,
    TEXT,
    TEXTS,
    WHOLE,
    Column,
    Table,
)

_PARTS: Final = pa.list_(
    pa.struct(
        [
            ("page", pa.int32()),
            ("x0", pa.float64()),
            ("y0", pa.float64()),
            ("x1", pa.float64()),
            ("y1", pa.float64()),
            ("row_first", pa.int32()),
            ("row_last", pa.int32()),
        ]
    )
)
_ROUNDING: Final = pa.list_(
    pa.struct(
        [
            ("what", pa.string()),
            ("mode", pa.string()),
            ("kept", pa.int32()),
            ("told", pa.int32()),
            ("scope", pa.string()),
        ]
    )
)
_SECTION: Final = Column(
    "section_path", TEXTS, "", "위쪽 제목들(바깥부터)", "Headings above, outermost first", True
)
_CONFIDENCE: Final = Column(
    "confidence", SHARE, "0-1", "읽은 결과의 확실성", "How sure the reading is", True
)
_AMBIGUOUS: Final = Column(
    "ambiguous", FLAG, "", "다르게 읽을 수도 있음", "Another reading is possible", True
)
_NOTE: Final = Column("note", TEXT, "", "의심스러운 점과 이유", "What is doubtful, and why", True)

DOCUMENTS: Final = Table(
    name="documents",
    ko="보고서 한 건이 한 행",
    en="One row a report",
    key=("document_id",),
    columns=(
        DOCUMENT_ID,
        Column("file_name", TEXT, "", "파일 이름", "Name of the file", True),
        Column("media_type", TEXT, "", "파일 형식", "Media type of the file", True),
        Column("byte_size", LARGE, "byte", "파일 크기", "Size of the file", True),
        Column("page_count", WHOLE, "page", "쪽수", "Number of pages"),
        Column(
            "line_count",
            WHOLE,
            "line",
            "줄 수(HWP·HWPX는 문단 수)",
            "Lines of a text file, paragraphs of HWP",
        ),
        Column("title", TEXT, "", "보고서 제목", "Title of the report"),
        Column("document_type", TEXT, "", "보고서 종류", "Kind of report", True),
        *REGION[:3],
        Column("region_level", TEXT, "", "광역·기초 구분", "regional or local government"),
        Column("department", TEXT, "", "작성 부서", "Department that reports"),
        REGION[3],
        *PERIOD[:2],
        Column("as_of_date", DAY, "day", "기준일", "Date that the figures refer to"),
        Column("text_layer", TEXT, "", "글자층의 종류", "digital, ocr or mixed", True),
        Column("encoding", TEXT, "", "문자 인코딩", "Encoding of a text file"),
        Column("warnings", TEXTS, "", "읽기 경고 코드", "Codes of things to know", True),
        Column(
            "masked",
            PLACES,
            "",
            "개인정보를 가린 위치(비어 있으면 가리지 않음)",
            "Where personal data is masked; null where it is kept",
        ),
    ),
)

REPORT_TABLES: Final = Table(
    name="tables",
    ko="표 하나가 한 행, 여러 쪽에 걸친 표도 한 행",
    en="One row a table; a table that goes on over pages is one row",
    key=("table_id",),
    references=(("document_id", "documents"),),
    columns=(
        Column("table_id", TEXT, "", "표 식별자", "Identifier of the table", True),
        DOCUMENT_ID,
        Column("ordinal", WHOLE, "", "보고서 안의 순서", "Order in the document", True),
        _SECTION,
        Column("caption", TEXT, "", "표 제목(원문)", "Caption as printed"),
        Column("unit_printed", TEXT, "", "단위 표기(원문)", "Note on the unit as printed"),
        Column("unit", TEXT, "", "기준 단위", "Base unit: won, a count unit, mixed"),
        Column("multiplier", EXACT, "", "적힌 수에 곱할 값", "Printed number × this = base unit"),
        Column("kind", TEXT, "", "표의 종류", "Kind of table", True),
        Column("row_count", WHOLE, "row", "행 수", "Number of rows", True),
        Column("column_count", WHOLE, "column", "열 수", "Number of columns", True),
        Column("header_row_count", WHOLE, "row", "머리글 행 수", "Rows of headings", True),
        Column("stub_column_count", WHOLE, "column", "이름 열 수", "Columns of row labels", True),
        Column("page_first", WHOLE, "page", "첫 쪽", "First page"),
        Column("page_last", WHOLE, "page", "마지막 쪽", "Last page"),
        Column("x0", POINTS, "pt", "첫 쪽에서 왼쪽 좌표", "Left edge on the first page"),
        Column("y0", POINTS, "pt", "첫 쪽에서 위쪽 좌표", "Upper edge on the first page"),
        Column("x1", POINTS, "pt", "첫 쪽에서 오른쪽 좌표", "Right edge on the first page"),
        Column("y1", POINTS, "pt", "첫 쪽에서 아래쪽 좌표", "Lower edge on the first page"),
        Column("line_first", WHOLE, "line", "첫 줄(문단)", "First line (HWP: paragraph)"),
        Column("line_last", WHOLE, "line", "마지막 줄(문단)", "Last line (HWP: paragraph)"),
        Column("parts", _PARTS, "", "쪽별 위치와 행 범위", "Box and rows on each page", True),
        Column("footnotes", TEXTS, "", "표 아래 주석(원문)", "Footnotes as printed", True),
        Column("rate_rounding", TEXT, "", "비율의 끝수 처리", "How its rates are rounded"),
        Column("sum_rounding", TEXT, "", "합계의 끝수 처리", "How the figures it adds are rounded"),
        Column(
            "rounding", _ROUNDING, "", "끝수 처리의 근거", "Checks that show how it rounds", True
        ),
        Column("engine", TEXT, "", "표를 찾은 방법", "Which reader found the table", True),
        _CONFIDENCE,
        _AMBIGUOUS,
        _NOTE,
    ),
)

CELLS: Final = Table(
    name="cells",
    ko="표의 칸 하나가 한 행",
    en="One row a cell of a table",
    key=("table_id", "row", "col"),
    references=(("table_id", "tables"), ("document_id", "documents")),
    columns=(
        Column("table_id", TEXT, "", "표 식별자", "Table of the cell", True),
        DOCUMENT_ID,
        Column("row", WHOLE, "", "행(0부터)", "Row, from 0", True),
        Column("col", WHOLE, "", "열(0부터)", "Column, from 0", True),
        Column("row_span", WHOLE, "row", "합쳐진 행 수", "Rows that the cell covers", True),
        Column("col_span", WHOLE, "column", "합쳐진 열 수", "Columns that the cell covers", True),
        Column("role", TEXT, "", "칸의 역할", "header, stub, data or blank", True),
        Column("text", TEXT, "", "적힌 글(원문)", "Text as printed", True),
        Column("corrected", TEXT, "", "사람이 고쳐 읽은 글", "What a person reads there instead"),
        Column("row_path", TEXTS, "", "행 이름들(바깥부터)", "Labels of the row", True),
        Column("col_path", TEXTS, "", "열 머리글들(위부터)", "Headings of the column", True),
        Column("moved", FLAG, "", "밀린 칸을 되돌림", "Put back from another column", True),
        Column("confidence", SHARE, "0-1", "그림에서 읽은 확실성", "Of a text read from a picture"),
        *PLACE,
    ),
)

FACTS: Final = Table(
    name="facts",
    ko="보고된 수치 하나가 한 행(표와 본문)",
    en="One row a reported number, in tables and in running text",
    key=("fact_id",),
    references=(("document_id", "documents"), ("table_id", "tables")),
    columns=(
        Column("fact_id", TEXT, "", "수치 식별자", "Identifier of the fact", True),
        DOCUMENT_ID,
        TABLE_ID,
        Column("row", WHOLE, "", "행(0부터)", "Row in the table, from 0"),
        Column("col", WHOLE, "", "열(0부터)", "Column in the table, from 0"),
        Column("item", WHOLE, "", "칸이나 줄 안의 순서(0부터)", "Order in its cell or line", True),
        Column("measure", TEXT, "", "무엇을 잰 수인가", "What the number measures", True),
        Column("label", TEXT, "", "행 이름·사업·대상", "Row, programme or subject", True),
        Column("indicator", TEXT, "", "열 이름·센 것", "Column, or what is counted", True),
        _SECTION,
        Column("funding_source", TEXT, "", "재원(원문 기준)", "Source of funds as printed"),
        Column("funding_level", TEXT, "", "재원의 정부 수준", "Level of government that pays"),
        Column("basis", TEXT, "", "계획·결과·상태", "plan, result or state", True),
        Column("aggregation", TEXT, "", "유량·저량", "flow, or stock (its total is the last)"),
        *PERIOD,
        Column("raw", TEXT, "", "적힌 수(원문)", "The number as printed", True),
        Column("raw_unit", TEXT, "", "적힌 단위(원문)", "The unit as printed"),
        Column("value", EXACT, "value_unit", "값(기준 단위)", "Value in the base unit"),
        Column("value_unit", TEXT, "", "값의 단위", "won, percent, 명, 개소 ..."),
        Column(
            "value_likely",
            EXACT,
            "value_unit",
            "증거가 가리키는 다른 값",
            "Another value that evidence supports",
        ),
        Column(
            "value_corrected",
            EXACT,
            "value_unit",
            "사람이 고쳐 읽은 값(검산에 쓰임)",
            "Value that a person reads instead; checks use it",
        ),
        Column("decimals", WHOLE, "digit", "소수 자릿수", "Digits printed after the point", True),
        Column("multiplier", EXACT, "", "적힌 수에 곱할 값", "Printed number × this = value", True),
        Column(
            "quantum",
            EXACT,
            "value_unit",
            "열이나 행의 끝수 단위",
            "Unit of rounding that its column or row shows",
        ),
        Column("approximate", FLAG, "", "약·이상·내외", "Printed as approximate", True),
        Column("state", TEXT, "", "값이 없는 까닭", "number, or why there is no value", True),
        _CONFIDENCE,
        _AMBIGUOUS,
        _NOTE,
        *PLACE,
    ),
)

SCHEDULES: Final = Table(
    name="schedules",
    ko="날짜나 기간이 적힌 일 하나가 한 행",
    en="One row a dated event or period",
    references=(("document_id", "documents"), ("table_id", "tables")),
    columns=(
        DOCUMENT_ID,
        TABLE_ID,
        Column("raw_date", TEXT, "", "적힌 날짜(원문)", "The date as printed", True),
        Column("start", DAY, "day", "첫날", "First day"),
        Column("end", DAY, "day", "마지막 날", "Last day"),
        Column("precision", TEXT, "", "날짜의 정밀도", "day, month, quarter, half, year", True),
        Column("role", TEXT, "", "날짜의 뜻", "event, period, as_of or deadline", True),
        Column("status", TEXT, "", "추진 상태", "done or planned", True),
        Column("description", TEXT, "", "내용", "What happens", True),
        *PLACE,
    ),
)
