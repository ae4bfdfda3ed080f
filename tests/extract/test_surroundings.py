"""What stands around a table: its caption, its unit note, its footnotes, its headings."""

import pytest

from extract.headings import is_unit_note
from extract.records import Line, TableGrid
from tests.extract.texts import grids_of, read_blocks

MONEY = "구분\t예산액\t집행액\n교육\t1,200\t600\n홍보\t800\t400\n"
COUNTS = "구분\t목표\t실적\n상담\t30\t25\n방문\t20\t21\n"


def noted(grid: TableGrid) -> str | None:
    return grid.unit_note.text if grid.unit_note else None


def captioned(grid: TableGrid) -> str | None:
    return grid.caption.text if grid.caption else None


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param(f"□ 예산\n(단위: 천원)\n{MONEY}", ["(단위: 천원)"], id="above"),
        pytest.param(
            f"(단위: 천원)\n\n\n{MONEY}", ["(단위: 천원)"], id="above, blank lines between"
        ),
        pytest.param(f"□ 예산\n{MONEY}(단위: 천원)\n", ["(단위: 천원)"], id="after the last table"),
        pytest.param(f"□ 예산 (단위: 천원)\n{MONEY}", ["(단위: 천원)"], id="inside the heading"),
        pytest.param(
            f"※ 예산 [단위 : 백만원, %]\n{MONEY}", ["[단위 : 백만원, %]"], id="in a caption"
        ),
        pytest.param(f"단위：천원\n{MONEY}", ["단위：천원"], id="no bracket, wide colon"),
        pytest.param(f"(단위 천원)\n{MONEY}", ["(단위 천원)"], id="no colon"),
        pytest.param(
            f"{MONEY}(단위: 명)\n{COUNTS}", [None, "(단위: 명)"], id="between two: the one below"
        ),
        pytest.param(
            f"(단위: 천원)\n{MONEY}\n(단위: 명)\n{COUNTS}",
            ["(단위: 천원)", "(단위: 명)"],
            id="one each",
        ),
        pytest.param(
            f"(단위: 천원)\n{MONEY}\n{COUNTS}", ["(단위: 천원)", None], id="only the first below it"
        ),
        pytest.param(
            f"{MONEY}\n주민과 걷기\n(단위: 천원)\n", [None], id="words between: of neither table"
        ),
        pytest.param(f"단위사업: 청년 교육\n{MONEY}", [None], id="단위사업 names a programme"),
        pytest.param(f"(단위사업 3개)\n{MONEY}", [None], id="단위사업 in brackets"),
        pytest.param(
            f"(2023. 12. 기준, 단위: 명)\n{COUNTS}", ["(2023. 12. 기준, 단위: 명)"], id="with a day"
        ),
    ],
)
def test_a_unit_note_belongs_to_the_table_it_heads(text: str, notes: list[str | None]) -> None:
    assert [noted(grid) for grid in grids_of(text)] == notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(단위: 천원)", True),
        ("[단위:명, %]", True),
        ("(금액단위: 원)", True),
        ("단위사업: 청년 교육", False),
        ("□ 예산 (단위: 천원)", False),
        ("단위 사업 추진", False),
    ],
)
def test_a_unit_note_is_a_line_of_its_own(text: str, expected: bool) -> None:
    assert is_unit_note(text) is expected


@pytest.mark.parametrize(
    ("text", "captions"),
    [
        pytest.param(f"□ 예산\n{MONEY}", ["□ 예산"], id="heading"),
        pytest.param(f"□ 예산\n(단위: 천원)\n{MONEY}", ["□ 예산"], id="above the unit note"),
        pytest.param(
            f"□ 예산\n(2023. 12월 말 기준)\n{MONEY}", ["□ 예산"], id="above the as-of note"
        ),
        pytest.param(f"□ 예산\n{'주민과 걷기 ' * 12}\n{MONEY}", [None], id="a sentence is none"),
        pytest.param(MONEY, [None], id="nothing above"),
        pytest.param(
            f"※ 예산 집행\n※ 상담 실적\n{MONEY}\n{COUNTS}",
            ["※ 예산 집행", "※ 상담 실적"],
            id="two captions first, then two tables",
        ),
        pytest.param(
            f"※ 예산 집행\n{MONEY}\n※ 상담 실적\n{COUNTS}",
            ["※ 예산 집행", "※ 상담 실적"],
            id="each caption above its table",
        ),
    ],
)
def test_a_caption_is_the_line_that_names_the_table(text: str, captions: list[str | None]) -> None:
    assert [captioned(grid) for grid in grids_of(text)] == captions


def test_notes_below_a_table_are_its_footnotes_up_to_the_next_text() -> None:
    text = f"{MONEY}※ 추경 포함\n* 잠정치\n\n○ 다음 사업\n※ 남의 주\n"
    (grid,) = grids_of(text)
    assert [run.text for run in grid.footnotes] == ["※ 추경 포함", "* 잠정치"]


def test_a_heading_closes_those_as_deep_as_itself() -> None:
    text = (
        f"Ⅰ. 일반현황\n□ 조직\n○ 인력\nⅡ. 추진실적\n1 마을 교육\n□ 예산\n{MONEY}"
        "2 마을 홍보\n주민 5명 참여\n"
    )
    blocks = read_blocks(text)
    (grid,) = [block for block in blocks if isinstance(block, TableGrid)]
    assert grid.section_path == ("Ⅱ. 추진실적", "1 마을 교육", "□ 예산")
    last = [block for block in blocks if isinstance(block, Line) and block.run.text][-1]
    assert last.section_path == ("Ⅱ. 추진실적", "2 마을 홍보")


def test_a_heading_ends_its_own_path() -> None:
    line = read_blocks("□ 사업개요\n")[0]
    assert isinstance(line, Line)
    assert (line.role, line.section_path) == ("heading", ("□ 사업개요",))


@pytest.mark.parametrize(
    ("text", "role"),
    [("(단위: 명)", "unit_note"), ("※ 참고", "caption"), ("□ 개요", "heading"), ("걷기", "text"),
     ("○ 대상", "text")],
)  # fmt: skip
def test_a_line_has_the_role_of_its_sign(text: str, role: str) -> None:
    line = read_blocks(text)[0]
    assert isinstance(line, Line)
    assert line.role == role
