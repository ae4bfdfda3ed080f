"""Targets against results: how far districts got with what they set out to do.

Reads two tables of the dataset with DuckDB alone. What has no printed target or no printed result
is left out: a blank is not 0.
"""

import duckdb
from charts import arguments, save, start

SQL = """
SELECT region_name, fiscal_year AS year, program, indicator, unit, target, actual,
    round(100 * actual / target, 1) AS reached_pct, rate_printed AS printed_pct
FROM read_parquet($targets)
WHERE target > 0 AND actual IS NOT NULL AND region_name IS NOT NULL
ORDER BY region_name, year, program, indicator
"""


def main() -> None:
    """Print, draw and write how far each target was reached."""
    given = arguments(__doc__)
    files = str(given.dataset / "targets" / "**" / "*.parquet")
    table = duckdb.execute(SQL, {"targets": files}).df()
    axes = start("목표 대비 실적 (목표 = 100)")
    years = sorted(table["year"].dropna().unique())
    for year in years:
        of_year = table[table["year"] == year]
        axes.scatter(of_year["reached_pct"], of_year["region_name"], label=int(year), alpha=0.7)
    axes.axvline(100, color="gray", linewidth=1)
    axes.set_xlabel("%")
    if years:
        axes.legend(title="회계연도")
    save(axes, table, given.to, "targets_and_results")


if __name__ == "__main__":
    main()
