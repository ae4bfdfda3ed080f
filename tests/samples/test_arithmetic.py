"""The clean samples add up; recomputed here from the printed text alone."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pypdfium2
import pytest

from samples.manifest import REPORTS

NUMBER = re.compile(r"△?\(?\d[\d,]*(?:\.\d+)?\)?")
TENTH = Decimal("0.1")


def read_lines(file: str) -> list[str]:
    if file.endswith(".pdf"):
        with pypdfium2.PdfDocument(REPORTS / file) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
        return [line.strip() for page in pages for line in page.splitlines()]
    return (REPORTS / file).read_text("utf-8").split("\n")


def to_number(printed: str) -> Decimal:
    if printed == "-":
        return Decimal(0)
    sign = -1 if printed.startswith(("△", "(")) else 1
    return sign * Decimal(printed.strip("△()").replace(",", ""))


def numbers_of(line: str) -> list[Decimal]:
    """Return the numbers of a flattened row; `-` between spaces is nil."""
    found = re.findall(rf"{NUMBER.pattern}|(?<=[ \t])-(?=[ \t]|$)", line)
    return [to_number(printed) for printed in found]


def rows_below(lines: Sequence[str], heading: str, skip: int = 0) -> dict[str, list[Decimal]]:
    """Return the numbers of the rows below a heading line, by first cell, up to a blank line."""
    start = next(n for n, line in enumerate(lines) if line.startswith(heading)) + 1 + skip
    rows: dict[str, list[Decimal]] = {}
    for line in lines[start:]:
        if not line.strip():
            break
        label, *cells = line.split("\t")
        rows[label] = [to_number(cell) for cell in cells if NUMBER.fullmatch(cell) or cell == "-"]
    return rows


def sums(rows: Sequence[Sequence[Decimal]]) -> list[Decimal]:
    return [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]


def rate(part: Decimal, whole: Decimal, step: Decimal = TENTH, way: str = ROUND_HALF_UP) -> Decimal:
    return (part * 100 / whole).quantize(step, rounding=way)


class TestWorkPlan:
    lines = read_lines("work_plan.txt")

    def test_the_programmes_make_the_total(self) -> None:
        start = next(n for n, line in enumerate(self.lines) if line.startswith("계 2,"))
        end = self.lines.index("(단위: 천원)")
        rows = [numbers_of(line) for line in self.lines[start:end] if len(numbers_of(line)) == 3]
        assert len(rows) == 5
        assert sums([row[:2] for row in rows[1:]]) == rows[0][:2]
        assert all(rate(spent, budget) == printed for budget, spent, printed in rows)

    def test_the_staff_that_is_there_less_the_posts_is_the_gap(self) -> None:
        staff = {
            line[:3].strip(): numbers_of(line)
            for line in self.lines
            if line.startswith(("정 원", "현 원", "과부족"))
        }
        fixed, now, gap = staff["정 원"], staff["현 원"], staff["과부족"]
        assert [there - post for post, there in zip(fixed, now, strict=True)] == gap
        assert all(sum(row[1:]) == row[0] for row in (fixed, now, gap))

    def test_the_sources_of_each_programme_make_its_amounts(self) -> None:
        text = "\n".join(self.lines)
        blocks = re.split(r"집행률\(%\)\n", text)[2:]
        assert len(blocks) == 4
        for block in blocks:
            budget, *sources = (to_number(found) for found in NUMBER.findall(block.split(")")[0]))
            spent, *more = (to_number(found) for found in NUMBER.findall(block.split(")")[1]))
            printed = to_number(NUMBER.findall(block.split(")")[2])[0])
            assert (budget, spent) == (sum(sources), sum(more))
            assert rate(spent, budget) == printed


class TestPledgeTabbed:
    lines = read_lines("pledge_tabbed.txt")

    def test_the_sources_make_the_total_cost(self) -> None:
        row = next(line for line in self.lines if line.startswith("\t4,"))
        total, *sources = numbers_of(row)
        assert total == sum(sources)

    def test_the_places_make_their_sums(self) -> None:
        total, woods, living, street, *others = numbers_of(
            next(line for line in self.lines if line.startswith("52\t"))
        )
        assert (total, woods) == (woods + sum(others), living + street)

    def test_the_kinds_of_support_make_the_year(self) -> None:
        _, *cells = next(line for line in self.lines if line.startswith("2024년도")).split("\t")
        year, planting, care = (list(map(to_number, cells[at : at + 3])) for at in (0, 3, 6))
        assert sums([planting, care]) == year

    def test_what_was_spent_adds_up_both_ways(self) -> None:
        rows = rows_below(self.lines, "구 분\t계\t임기 내", skip=1)
        total, *sources = rows.values()
        assert len(sources) == 4
        assert sums(sources) == total
        assert all(row[0] == row[1] + row[-1] for row in rows.values())
        assert all(row[1] == sum(row[2:-1]) for row in rows.values())

    def test_flows_add_up_and_stocks_end_at_the_goal(self) -> None:
        for row in [line.split("\t") for line in self.lines if re.match(r"\d\t[가-힣]+ ", line)]:
            if len(row) < 8:
                continue
            goal, *periods = map(to_number, row[4:])
            assert goal == (periods[-1] if row[3] == "개소" else sum(periods))

    def test_the_weighted_rate_is_that_of_the_three_indicators(self) -> None:
        rows = rows_below(self.lines, "구 분\t전체사업")
        weighted = Decimal(0)
        for weight, goal, done, printed in (rows[number] for number in "123"):
            assert rate(done, goal) == printed
            weighted += weight * printed / 100
        assert rows["총 이행률(%)"] == [weighted.quantize(TENTH, ROUND_HALF_UP)]


class TestPledgeFlattened:
    lines = read_lines("pledge_flattened.txt")

    def test_costs_add_up_by_source_and_by_year(self) -> None:
        total = numbers_of(next(line for line in self.lines if line.startswith("계 ")))
        sources = [numbers_of(line) for line in self.lines if line.startswith(("시 비", "구 비"))]
        assert len(sources) == 4
        assert sums(sources) == total
        assert all(sum(row[1:]) == row[0] for row in (total, *sources))

    def test_the_heading_repeats_the_total_cost(self) -> None:
        assert next(line for line in self.lines if line.startswith("총사업비 1,742백만원"))

    def test_courses_and_places_make_their_totals(self) -> None:
        courses = numbers_of(next(line for line in self.lines if line.startswith("518명")))
        places = numbers_of(next(line for line in self.lines if line.startswith("시설수")))
        rates = numbers_of(next(line for line in self.lines if line.startswith("가동률 90%")))
        assert courses[0] == sum(courses[1:])
        assert places[0] == sum(places[1:])
        working = sum(
            count * share / 100 for count, share in zip(places[1:], rates[1:], strict=True)
        )
        assert working * 100 / places[0] == rates[0]


class TestPledgeCard:
    lines = read_lines("pledge_card.pdf")

    def test_needs_add_up_by_source_and_by_year(self) -> None:
        rows = [numbers_of(line) for line in self.lines if line.startswith(("시비 ", "구비 "))]
        needs, _ = (numbers_of(line) for line in self.lines if re.match(r"계 [\d,]+ \d", line))
        assert len(rows) == 4
        assert sums(rows) == needs
        assert all(sum(row[1:]) == row[0] for row in (needs, *rows))
        regional, local = sums(rows[::2]), sums(rows[1::2])
        assert f"(시비 {rate(regional[0], needs[0], Decimal(1))}%, " in "\n".join(self.lines)
        assert f"구비 {rate(local[4], needs[4], Decimal(1))}%)" in "\n".join(self.lines)

    def test_what_was_spent_adds_up(self) -> None:
        _, total = (numbers_of(line) for line in self.lines if re.match(r"계 [\d,]+ \d", line))
        rows = [
            numbers_of(line) for line in self.lines if re.match(r"(쉼터 조성|안부 확인) ", line)
        ]
        assert sums(rows) == total
        assert all(sum(row[1:]) == row[0] for row in (total, *rows))


class TestPerformanceReport:
    lines = read_lines("performance_report.txt")

    def test_the_settlement_follows_its_printed_formulas(self) -> None:
        budget, spent, left, refused, interest, income, rest = rows_below(
            self.lines, "구분\t위탁사업비"
        ).values()
        for col in range(3):
            assert left[col] == budget[col] - spent[col]
            assert rest[col] == left[col] + refused[col] + interest[col] + income[col]
        for row in (budget, spent, left, interest, income, rest):
            assert row[0] + row[1] == row[2]

    def test_the_accounts_make_their_sums(self) -> None:
        rows = rows_below(self.lines, "구분\t초기예산액")
        entrusted, running, projects, *single, building, total = rows.values()
        assert sums(single) == projects
        assert sums([running, projects]) == entrusted
        assert sums([entrusted, building]) == total
        for planned, moved, final, granted, spent, left, interest, income, back in rows.values():
            assert planned + moved == final == granted
            assert left == granted - spent
            assert back == left + interest + income

    def test_rates_of_the_settlement_are_cut_off(self) -> None:
        rows = [line.split("\t") for line in self.lines if re.search(r"\t\d+\.\d\d%$", line)]
        assert len(rows) == 5
        for _, _, granted, spent, printed in rows:
            cut = rate(to_number(spent), to_number(granted), Decimal("0.01"), ROUND_DOWN)
            assert f"{cut}%" == printed

    def test_goals_reached_are_rounded_here_and_cut_off_there(self) -> None:
        rows = [line.split("\t") for line in self.lines if re.search(r"\t\d+%$", line)]
        ways = set()
        for *_, goal, done, printed in rows:
            part, whole = (to_number(re.sub(r"\D", "", cell)) for cell in (done, goal))
            half_up, cut = (
                f"{rate(part, whole, Decimal(1), way)}%" for way in (ROUND_HALF_UP, ROUND_DOWN)
            )
            assert printed in (half_up, cut)
            if half_up != cut:
                ways.add(printed == cut)
        assert ways == {True, False}

    def test_visitors_and_regions_make_their_totals(self) -> None:
        visits = [line.split("\t") for line in self.lines if re.match(r"\d+\.\d+\t", line)]
        total = next(line for line in self.lines if line.startswith("합계\t\t"))
        assert sum(to_number(row[-1]) for row in visits) == numbers_of(total)[0]
        for row in rows_below(self.lines, "구분\t동부").values():
            assert sum(row[:3]) == row[3]


class TestBudget:
    lines = read_lines("budget.pdf")

    @pytest.fixture(params=[0, 1], ids=["revenue", "spending"])
    def rows(self, request: pytest.FixtureRequest) -> list[list[Decimal]]:
        found = [numbers_of(line) for line in self.lines]
        rows = [row for row in found if len(row) == 6]
        second = next(n for n, row in enumerate(rows) if n and row == rows[0])
        return rows[second:] if request.param else rows[:second]

    def test_parts_make_the_whole_up_to_rounding(self, rows: list[list[Decimal]]) -> None:
        total, *parts = rows
        for col, step in ((0, 1), (1, TENTH), (2, 1), (3, TENTH), (4, 1)):
            most = Decimal(step) * (len(parts) + 1) / 2
            assert abs(sums(parts)[col] - total[col]) <= most

    def test_shares_and_growth_follow_the_amounts(self, rows: list[list[Decimal]]) -> None:
        for now, share, before, share_before, change, growth in rows:
            assert abs(rate(now, rows[0][0]) - share) <= TENTH
            assert abs(rate(before, rows[0][2]) - share_before) <= TENTH
            assert abs(now - before - change) <= 1
            assert abs(rate(change, before) - growth) <= TENTH

    def test_some_sum_differs_by_rounding_alone(self) -> None:
        rows = [row for row in map(numbers_of, self.lines) if len(row) == 6]
        assert any(now - before != change for now, _, before, _, change, _ in rows)


class TestSettlement:
    lines = read_lines("settlement.pdf")

    def test_the_summary_follows_its_printed_formulas(self) -> None:
        rows = [numbers_of(line)[-3:] for line in self.lines if re.match(r"[가-힣]+\([A-F]", line)]
        rows = [row for row in rows if len(row) == 3]
        available, spent, carried, left, interest, back = rows
        for col in range(3):
            assert left[col] == available[col] - spent[col] - carried[col]
            assert back[col] == left[col] + interest[col]
        assert all(row[0] == row[1] + row[2] for row in rows)

    def test_bureaus_and_programmes_make_their_sums(self) -> None:
        rows = {
            line.rstrip("0123456789,.- "): numbers_of(line)
            for line in self.lines
            if len(numbers_of(line)) == 7
        }
        assert len(rows) == 36
        total, *others = rows.items()
        subtotals = [row for name, row in others if " 소계" in name]
        programmes = [row for name, row in others if " 소계" not in name]
        assert len(subtotals) == 6
        assert sums(subtotals)[:6] == total[1][:6] == sums(programmes)[:6]
        for budget, brought, available, spent, carried, left, printed in rows.values():
            assert available == budget + brought
            assert left == available - spent - carried
            assert rate(spent, available, Decimal("0.01"), ROUND_DOWN) == printed
