"""The tables made from facts: budgets, targets, checks, findings, and what was not read."""

from typing import Final

from pipelines.columns import (
    CELL_REFS,
    DOCUMENT_ID,
    EXACT,
    FACT_IDS,
    FLAG,
    LARGE,
    PERIOD,
    REGION,
    REPAIRS,
    SHARE,
    TEXT,
    TEXTS,
    WHOLE,
    Column,
    Table,
)

BUDGETS: Final = Table(
    name="budgets",
    ko="사업·기간·금액 종류마다 한 행, 재원별 금액",
    en="One row a programme, period and kind of amount, split by source of funds",
    references=(("document_id", "documents"),),
    columns=(
        DOCUMENT_ID,
        *REGION,
        Column("program", TEXT, "", "사업 이름", "Programme", True),
        *PERIOD,
        Column("measure", TEXT, "", "금액의 종류", "Kind of amount", True),
        Column("total", EXACT, "won", "계", "Total as printed"),
        Column("national", EXACT, "won", "국비", "From the national government"),
        Column("regional", EXACT, "won", "광역비(시·도)", "From the si or do"),
        Column("local", EXACT, "won", "기초비(시·군·구)", "From the si, gun or gu"),
        Column("special_grant", EXACT, "won", "특별교부금", "Special grant"),
        Column("fund", EXACT, "won", "기금", "From a fund"),
        Column("other", EXACT, "won", "민자·자부담·기타", "Private and other money"),
        FACT_IDS,
    ),
)

TARGETS: Final = Table(
    name="targets",
    ko="사업·지표·기간마다 한 행, 목표와 실적",
    en="One row a programme, indicator and period: target and actual",
    references=(("document_id", "documents"),),
    columns=(
        DOCUMENT_ID,
        *REGION,
        Column("program", TEXT, "", "사업 이름", "Programme", True),
        Column("indicator", TEXT, "", "지표", "Indicator", True),
        Column("unit", TEXT, "", "지표의 단위", "Unit of target and actual"),
        *PERIOD,
        Column("target", EXACT, "unit", "목표", "Target"),
        Column("actual", EXACT, "unit", "실적", "Actual"),
        Column("rate_printed", EXACT, "percent", "적힌 달성률", "Rate as printed"),
        Column("rate_computed", EXACT, "percent", "계산한 달성률", "Actual ÷ target × 100"),
        Column("aggregation", TEXT, "", "유량·저량", "flow, or stock"),
        FACT_IDS,
    ),
)

CHECKS: Final = Table(
    name="checks",
    ko="검산한 관계 하나가 한 행",
    en="One row a relation that was tested",
    key=("check_id",),
    references=(("document_id", "documents"),),
    columns=(
        Column("check_id", TEXT, "", "검산 식별자", "Identifier of the check", True),
        DOCUMENT_ID,
        Column("kind", TEXT, "", "관계의 종류", "Kind of relation", True),
        Column("expression", TEXT, "", "적힌 수로 쓴 식", "The equation as printed", True),
        Column("printed", EXACT, "unit", "적힌 값", "Value that is printed"),
        Column("computed", EXACT, "unit", "계산한 값", "Value that follows"),
        Column("difference", EXACT, "unit", "차이", "Printed less computed"),
        Column("unit", TEXT, "", "단위", "Unit of the three values"),
        Column("rounding", TEXT, "", "반올림 방식", "How the office rounded", True),
        Column("tolerance", EXACT, "unit", "허용 오차", "What rounding can explain", True),
        Column("chance", SHARE, "0-1", "반올림만으로 생길 확률", "Chance that it is rounding"),
        Column("outcome", TEXT, "", "결과", "Outcome of the test", True),
        Column("basis", TEXT, "", "관계를 아는 근거", "Why the relation should hold", True),
        Column("cells", CELL_REFS, "", "관계에 든 칸들", "Cells that take part", True),
    ),
)

FINDINGS: Final = Table(
    name="findings",
    ko="감사자가 볼 것 하나가 한 행",
    en="One row a thing that an auditor should look at",
    key=("finding_id",),
    references=(("document_id", "documents"),),
    columns=(
        Column("finding_id", TEXT, "", "발견 식별자", "Identifier of the finding", True),
        DOCUMENT_ID,
        Column("check_ids", TEXTS, "", "근거가 된 검산들", "Checks behind it", True),
        Column("severity", TEXT, "", "중요도", "high, medium, low or info", True),
        Column("cause", TEXT, "", "원인", "Where the error most likely arose", True),
        Column("title_ko", TEXT, "", "제목(한국어)", "Title in Korean", True),
        Column("title_en", TEXT, "", "제목(영어)", "Title in English", True),
        Column("explanation_ko", TEXT, "", "설명(한국어)", "Explanation in Korean", True),
        Column("explanation_en", TEXT, "", "설명(영어)", "Explanation in English", True),
        Column("printed", EXACT, "", "적힌 값", "Value that is printed"),
        Column("expected", EXACT, "", "나와야 할 값", "Value that follows from the others"),
        Column("difference", EXACT, "", "차이", "Printed less expected"),
        Column("suggestion", EXACT, "", "첫 칸의 수정 제안", "Likeliest value of the first cell"),
        Column("proven", FLAG, "", "유일한 최소 수정", "The only smallest repair", True),
        Column("rank", WHOLE, "", "보고서 안에서 볼 차례(1부터)", "Which to look at first", True),
        Column("cells", CELL_REFS, "", "의심되는 칸부터", "Most suspected cell first", True),
        Column("repairs", REPAIRS, "", "최소 수정안(그럴듯한 순)", "Smallest repairs", True),
    ),
)

QUARANTINE: Final = Table(
    name="quarantine",
    ko="행을 내지 못한 입력 하나가 한 행",
    en="One row an input that gave no rows",
    columns=(
        Column("file_name", TEXT, "", "파일 이름", "Name of the file", True),
        Column("sha256", TEXT, "", "파일의 SHA-256", "SHA-256 of the file's bytes"),
        Column("byte_size", LARGE, "byte", "파일 크기", "Size of the file"),
        Column("reason", TEXT, "", "이유 코드", "Reason code", True),
        Column("message", TEXT, "", "이유", "The reason in words", True),
    ),
)
