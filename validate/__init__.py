"""Does it add up: facts to relations, checks and findings.

Start at `audit.py`. Tables become planes of labelled rows and columns (`tables.py`); `groups.py`,
`outline.py` and `sums.py` find what is the total of what, `rates.py`, `formulas.py` and
`changes.py` what is divided by or led from what, `passages.py` and `splits.py` what sentences
split up, `figures.py` (with the names of `phrases.py`), `companions.py` and `announced.py` what
returns elsewhere, `rivals.py` and `twins.py` what should and does not, `composed.py` and
`regrouped.py` (from `parts.py`) what returns as a sum, `rosters.py` what lists count. `relations/`
states these as relations, one kind a module; `arithmetic.py` and `rounding.py` test them;
`diagnose.py`, `causes.py`, `severity.py` and `words.py` turn failing ones into findings
(`findings.py`). `suites.py` checks the published dataset
itself (`suite_rules.py`, `expectations.py`), `years.py` one year's report against the next.
"""
