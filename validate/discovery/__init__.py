"""Discovery: which cells of any grid are sums, averages, quotients and growth rates of others.

Strings become `Numbers` (numbers.py); candidates are searched along the rows and the columns
(ranges.py, long_ranges.py, pairs.py, quotients.py); each is weighed by how much better it explains
the printed digits than chance (weigh.py, weigh_quotients.py, chance.py, stretches.py), and the ones
that explain a figure best are kept (preferences.py, choose.py), on the lines on which they are in
force (force.py). The public call for a grid of strings is discover.discover: start there.
"""
