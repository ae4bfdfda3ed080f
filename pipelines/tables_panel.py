"""The panel for researchers: its columns; it is made from the dataset and no part of it."""

from typing import Final

import pyarrow as pa

from pipelines.columns import (
    DOCUMENT_ID,
    EXACT,
    FLAG,
    PERIOD,
    REGION,
    SHARE,
    TABLE_ID,
    TEXT,
    TEXTS,
    WHOLE,
    Column,
    Table,
)

PANEL: Final = Table(
    name="panel",
    ko="지역·연도·사업·재원·계획/결과마다 한 행, 원 단위",
    en="One row a district, year, programme, kind of amount, source of funds and plan or result",
    references=(("document_id", "documents"),),
    columns=(
        REGION[1],
        REGION[2],
        REGION[0],
        Column("year", WHOLE, "year", "금액의 연도", "Year of the amount", True),
        Column("programme", TEXT, "", "사업 이름(원문)", "Programme as printed", True),
        Column("programme_key", TEXT, "", "이어진 사업", "Linked programme; empty for totals"),
        Column("link_rule", TEXT, "", "이은 규칙", "same_name, same_stem, similar, total", True),
        Column("link_confidence", SHARE, "0-1", "이은 확실성", "Trust in the link"),
        Column("elsewhere", FLAG, "", "다른 지역에도 있음", "Another district has it, too", True),
        Column("row_level", TEXT, "", "행의 수준", "programme, subtotal or total", True),
        Column("component", TEXT, "", "한 행 안의 구분", "Which of several amounts of a row", True),
        Column("measure", TEXT, "", "금액의 종류", "Kind of amount", True),
        Column(
            "funding",
            TEXT,
            "",
            "재원",
            "total, national, regional, local, special_grant, fund or other",
            True,
        ),
        Column("basis", TEXT, "", "계획·결과", "plan or result", True),
        Column("value_won", EXACT, "won", "금액", "Amount", True),
        *PERIOD[:2],
        Column("approximate", FLAG, "", "약·이상·내외", "Printed as approximate", True),
        Column("doubtful", FLAG, "", "다르게 읽을 수도 있음", "Another reading is possible", True),
        Column("in_finding", FLAG, "", "지적사항에 든 수치", "A finding suspects it", True),
        Column(
            "conflict",
            TEXT,
            "",
            "다른 값이 있는 곳",
            "between_reports or within_report, where other values are printed; else empty",
            True,
        ),
        Column(
            "alternatives",
            pa.list_(EXACT),
            "won",
            "다른 곳에 적힌 값들",
            "The other values, the next best first",
            True,
        ),
        Column("source_count", WHOLE, "", "이 값이 적힌 횟수", "How often it is printed", True),
        DOCUMENT_ID,
        TABLE_ID,
        Column("fact_ids", TEXTS, "", "이 값의 수치들", "Facts with this value, best first", True),
        Column(
            "alternative_fact_ids", TEXTS, "", "다른 값의 수치들", "Facts with another value", True
        ),
    ),
)
