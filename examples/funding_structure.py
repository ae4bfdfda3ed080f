"""Funding structure of social-economy programmes over the years: who pays which share.

Reads the panel: budgets of programmes whose name holds one of the words below, linked over years
and districts by `programme_key`.
"""

import matplotlib.ticker
from charts import arguments, save, start

from pipelines.published import find_output
from pipelines.query import ask

WORDS = "사회적|마을기업|협동조합|자활기업"
SQL = f"""
SELECT programme_key, year, funding, sum(value_won) AS won,
    count(DISTINCT region_code) AS districts, min(link_confidence) AS least_confidence
FROM panel
WHERE measure = 'budget' AND funding <> 'total' AND row_level = 'programme'
    AND regexp_matches(programme_key, '{WORDS}')
GROUP BY ALL
ORDER BY ALL
"""
NAMES = {
    "national": "국비", "regional": "광역비", "local": "기초비", "special_grant": "특별교부금",
    "fund": "기금", "other": "기타",
}  # fmt: skip


def main() -> None:
    """Print, draw and write the shares."""
    given = arguments(__doc__)
    table = ask(find_output(given.dataset), SQL).to_pandas().astype({"won": "int64"})
    whole = table.groupby(["programme_key", "year"])["won"].transform("sum")
    table["share_pct"] = (100 * table["won"] / whole).round(1)
    yearly = table.pivot_table(index="year", columns="funding", values="won", aggfunc="sum")
    axes = start("사회적경제 사업의 재원 구성")
    if not yearly.empty:
        shares = yearly.div(yearly.sum(axis=1), axis=0)[[one for one in NAMES if one in yearly]]
        shares.rename(columns=NAMES).plot.bar(stacked=True, ax=axes, rot=0, xlabel="연도")
        axes.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1))
    save(axes, table, given.to, "funding_structure")


if __name__ == "__main__":
    main()
