"""Execution rates across districts: what of each year's budget was spent.

Reads the panel. A programme counts where its budget and its execution of the year are both printed,
so that a rate never compares two sets of programmes.
"""

from charts import arguments, save, start

from pipelines.published import find_output
from pipelines.query import ask

SQL = """
WITH amounts AS (
    SELECT region_name, year, programme_key, component,
        max(value_won) FILTER (measure = 'budget') AS budget,
        max(value_won) FILTER (measure = 'execution') AS spent,
        bool_or(conflict <> '' OR doubtful OR in_finding) AS is_uncertain
    FROM panel
    WHERE funding = 'total' AND row_level = 'programme' AND region_name IS NOT NULL
    GROUP BY ALL
)
SELECT region_name, year, count(*) AS programmes, sum(budget) AS budget_won,
    sum(spent) AS spent_won, round(100 * sum(spent) / sum(budget), 1) AS rate_pct,
    count(*) FILTER (is_uncertain) AS uncertain
FROM amounts
WHERE budget > 0 AND spent IS NOT NULL
GROUP BY region_name, year
ORDER BY region_name, year
"""


def main() -> None:
    """Print, draw and write the rates."""
    given = arguments(__doc__)
    table = ask(find_output(given.dataset), SQL).to_pandas()
    table = table.astype({"budget_won": "int64", "spent_won": "int64", "rate_pct": float})
    axes = start("예산 집행률 (%)")
    wide = table.pivot(index="region_name", columns="year", values="rate_pct")
    if not wide.empty:
        highest = max(100, wide.max().max()) * 1.2
        wide.plot.bar(ax=axes, rot=0, xlabel="", ylabel="%", ylim=(0, highest))
        axes.legend(title="연도", ncols=len(wide.columns), loc="upper center")
    save(axes, table, given.to, "execution_rates")


if __name__ == "__main__":
    main()
