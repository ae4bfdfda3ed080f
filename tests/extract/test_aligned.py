"""Tables of column-aligned dumps: columns, headings, rows of several lines, tables side by side."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.grids.aligned import find_aligned
from extract.grids.aligned_columns import find_columns, pieces_of
from extract.records import Line, TableGrid
from tests.extract.texts import lines_of, places_of, runs_of

_FEW = settings(max_examples=60, deadline=None)
_WORDS = st.sampled_from(
    "구분|계|국비|시비|합 계|1,234|-|12.3%|(구비 30)|(국 1,|2)|사업|2024년|1/4|목표|실적|비고|단위"
    "|7건|○ 대상: 구민|- 교육 2회|운영비 소계".split("|")
)
_GAPS = st.sampled_from([" ", "  ", "    ", "         ", "               "])


@st.composite
def _texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(_GAPS, _WORDS), max_size=7))
    indent = draw(st.sampled_from(["", "  ", "      "]))
    return (indent + "".join(gap + word for gap, word in parts)).rstrip()


def _shown(grid: TableGrid) -> list[str]:
    """Return each row as `text|text`; merged cells as `text:rows x columns`."""
    shown = []
    for row in range(grid.row_count):
        cells = [cell for cell in grid.cells if cell.row == row]
        shown.append(
            "|".join(
                " ".join(cell.text.split())
                + (f":{cell.row_span}x{cell.col_span}" if cell.row_span * cell.col_span > 1 else "")
                for cell in cells
            )
        )
    return shown


_TABLES = [
    pytest.param(
        """
   구분        예산액      집행액
   국비         1,000         800
   시비           500         250
""",
        ["구분|예산액|집행액", "국비|1,000|800", "시비|500|250"],
        id="a row a line",
    ),
    pytest.param(
        """
                       일반직                 별정직
  구분      계
                    5급     6급     7급     5급     6급
  정원       9       1       4       2               2
  현원       8       1       3       2               2
""",
        [
            "구분:2x1|계:2x1|일반직:1x3|별정직:1x2",
            "5급|6급|7급|5급|6급",
            "정원|9|1|4|2||2",
            "현원|8|1|3|2||2",
        ],
        id="groups over columns, one of them blank",
    ),
    pytest.param(
        """
                                      집행률(%)
   사업명         예산액     집행액
                                      (6.30.기준)
   교육           1,000        800       80.0
   상담             500        250       50.0
""",
        ["사업명|예산액|집행액|집행률(%) (6.30.기준)", "교육|1,000|800|80.0", "상담|500|250|50.0"],
        id="a heading of two lines is no group",
    ),
    pytest.param(
        """
   사업명              예산액     집행액
청년의 넉넉한
                       1,000        800
  내일 가꾸기
  기본경비               500        250
""",
        ["사업명|예산액|집행액", "청년의 넉넉한 내일 가꾸기|1,000|800", "기본경비|500|250"],
        id="a label above and below its values",
    ),
    pytest.param(
        """
     예산액                     집행액             집행률(%)
1,000                     800
(국 400, 시 600)          (국 300, 시 500)           80.0
""",
        ["예산액|집행액|집행률(%)", "1,000 (국 400, 시 600)|800 (국 300, 시 500)|80.0"],
        id="brackets split the amounts above them",
    ),
    pytest.param(
        """
   구분        항목        목표      실적
             상담          10건       9건
   운영
             방문          20건      30건
   교육      강좌          15회      16회
""",
        ["구분|항목|목표|실적", "운영:2x1|상담|10건|9건", "방문|20건|30건", "교육|강좌|15회|16회"],
        id="a label between two rows heads both",
    ),
    pytest.param(
        """
  연번       일자             추진사항              세부내용
                         통합 지원사업
   1      2023. 1. 2.                      - 1분기 위탁금 교부
                         위탁금 교부
   2      2023. 3. 4.    장터 개장          - 광장에서 운영
""",
        [
            "연번|일자|추진사항|세부내용",
            "1|2023. 1. 2.|통합 지원사업 위탁금 교부|- 1분기 위탁금 교부",
            "2|2023. 3. 4.|장터 개장|- 광장에서 운영",
        ],
        id="a schedule",
    ),
    pytest.param(
        """
   구분        2023년     2024년
   교육관                  진행
   상담실       진행        완료
""",
        ["구분|2023년|2024년", "교육관||진행", "상담실|진행|완료"],
        id="words only",
    ),
]


@pytest.mark.parametrize(("text", "expected"), _TABLES)
def test_columns_and_rows_are_read_from_their_positions(text: str, expected: list[str]) -> None:
    grids = [
        block for block in find_aligned(lines_of(text.strip("\n"))) if isinstance(block, TableGrid)
    ]
    assert [_shown(grid) for grid in grids] == [expected]


def test_tables_side_by_side_are_two_tables() -> None:
    text = """
  구분        목표      실적                    구분         방문        횟수
  상담        10건       9건                    공공          28          85
  교육        15회      16회                    학교          41          52
"""
    grids = [
        block for block in find_aligned(lines_of(text.strip("\n"))) if isinstance(block, TableGrid)
    ]
    assert [_shown(grid)[0] for grid in grids] == ["구분|목표|실적", "구분|방문|횟수"]


def test_a_page_number_ends_a_table() -> None:
    head = "  구분        예산액      집행액"
    text = [head, "  국비         1,000         800", "            - 1 -", head]
    text.append("  시비           500         250")
    text.append("  구비           700         350")
    text.insert(2, "  도비           900         100")
    grids = [block for block in find_aligned(lines_of(text)) if isinstance(block, TableGrid)]
    assert [grid.row_count for grid in grids] == [3, 3]


def test_running_text_is_no_table() -> None:
    text = [
        "□ 사업개요",
        "○ 사업기간: 2021. 1. ~ 12.",
        "- 교육 2회, 상담 3회",
        "이 사업은  구민을 위한 것이다",
    ]
    lines = lines_of(text)
    assert find_aligned(lines) == lines


def test_two_pieces_of_a_line_never_share_a_column() -> None:
    lines = [
        pieces_of(line.run)
        for line in lines_of("구분   계   비고\n국비   10   없음\n시비   20   없음")
    ]
    columns = find_columns(lines[:1], lines[1:])
    assert all(len({columns.place(piece) for piece in line}) == len(line) for line in lines)


@_FEW
@given(st.lists(_texts(), max_size=14))
def test_every_printed_character_is_in_exactly_one_block(texts: list[str]) -> None:
    lines = lines_of(texts)
    assert places_of(find_aligned(lines)) == places_of(lines)


@_FEW
@given(st.lists(_texts(), max_size=14))
def test_offsets_point_into_the_original_line(texts: list[str]) -> None:
    for run in runs_of(find_aligned(lines_of(texts))):
        line = texts[(run.place.line_no or 1) - 1]
        assert line[run.place.char_start : run.place.char_end] == run.text


@_FEW
@given(st.lists(_texts(), max_size=14))
def test_cells_never_overlap_and_fill_their_grid(texts: list[str]) -> None:
    for grid in find_aligned(lines_of(texts)):
        if isinstance(grid, Line):
            continue
        spots = Counter(
            (row, col)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        )
        assert set(spots.values()) == {1}
        assert set(spots) == {
            (row, col) for row in range(grid.row_count) for col in range(grid.column_count)
        }


@_FEW
@given(st.lists(st.text(max_size=60), max_size=12))
def test_arbitrary_lines_are_read_without_an_error(texts: list[str]) -> None:
    lines = lines_of([text.replace("\n", " ") for text in texts])
    assert places_of(find_aligned(lines)) == places_of(lines)
