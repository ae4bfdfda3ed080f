#!/usr/bin/env bash
# Measures speed, repeatability and, where the evaluation folder is at hand, accuracy.
# Usage: benchmarks/run.sh [speed] [repeats] [facts] [dumps] [tables] [looks] [scans] [whole]
#        [aggregations] [planted]     (the first five without arguments; the others take minutes)
# EVALUATION names the folder with eval/, gold/, seeds/, real/ and kbench/; default ../shared.
# WORKERS names the number of processes; default 2. The figures go into benchmarks/RESULTS.md by hand.
set -euo pipefail
cd "$(dirname "$0")/.."

evaluation=${EVALUATION:-../shared}
workers=${WORKERS:-2}
python=.venv/bin/python
clock=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Exit codes 1 (mismatches) and 3 (some inputs in quarantine) are results, 2 is a failure.
read_reports() {
  local output=$1 code=0
  shift
  "${clock[@]}" .venv/bin/geomsan run "$@" -o "$output" --workers "$workers" || code=$?
  [ "$code" -ne 2 ]
}

measure_speed() {
  echo "== speed and repeatability: samples/reports, $workers processes"
  for turn in 1 2 3; do
    "$python" benchmarks/timed.py "$work/samples$turn" samples/reports --workers "$workers"
  done
  diff -r "$work/samples1/dataset" "$work/samples2/dataset"
  diff -r "$work/samples1/dataset" "$work/samples3/dataset"
  echo "three runs wrote the same bytes"
}

measure_repeats() {
  echo "== one hash: samples/reports, twelve runs in other places, languages, orders, time zones"
  local turn clock=() workers reports=(samples/reports/*) zones=(UTC Asia/Seoul America/New_York)
  local languages=(C C.UTF-8 ko_KR.UTF-8 tr_TR.UTF-8)
  [ -n "$(type -P faketime)" ] || echo "no faketime here: the clock is not turned"
  for turn in {1..12}; do
    [ -z "$(type -P faketime)" ] || clock=(faketime -f "+$((turn * 100))d")
    workers=$((turn % 5 % 3 + 1))
    TZ=${zones[turn % 3]} LANG=${languages[turn % 4]} LC_ALL= PYTHONHASHSEED=$turn \
      read_reports "$work/again$turn" $(printf '%s\n' "${reports[@]}" | shuf) --quiet
    (cd "$work/again$turn/dataset/" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum)
    grep -o '"time": "[^T]*' "$work/again$turn"/runs/* | head -1 >> "$work/clocks"
  done | sort | uniq -c
  echo "days on their clocks: $(grep -o '[0-9-]*$' "$work/clocks" | xargs)"
}

measure_facts() {
  echo "== facts and checks of the hand-checked text reports"
  read_reports "$work/seeds" "$evaluation/seeds"
  "$python" "$evaluation/eval/score_facts.py" "$work/seeds/dataset" "$evaluation"/gold/00*.json
  "$python" "$evaluation/eval/score_checks.py" "$work/seeds/dataset" \
    "$evaluation/gold/relations.json" "$evaluation/seeds"
}

measure_dumps() {
  local way
  for way in layout raw plain; do
    echo "== tables of text dumps (pdftotext, $way)"
    "$python" benchmarks/dumps.py "$way" "$evaluation/kbench/pdf" "$work/$way.json"
    "$python" "$evaluation/eval/score_tables.py" "$work/$way.json" "$evaluation/kbench/gold"
  done
}

measure_tables() {
  local group
  for group in real kbench; do
    echo "== tables: $group"
    read_reports "$work/$group" "$evaluation/$group/pdf" --keep-personal
    "$python" "$evaluation/eval/score_tables.py" "$work/$group/dataset" "$evaluation/$group/gold"
  done
  echo "== tables: real, those that go on over pages cut at the pages' ends"
  "$python" -m benchmarks.parts "$work/real/dataset" "$work/parts.json"
  "$python" "$evaluation/eval/score_tables.py" "$work/parts.json" "$evaluation/real/gold"
  echo "== tables: engines side by side"
  "$python" -m benchmarks.tables "$evaluation"
}

measure_looks() {
  echo "== tables: kbench drawn in other looks"
  "$python" -m benchmarks.looks "$evaluation"
}

measure_scans() {
  echo "== tables: kbench as scans, damaged"
  "$python" -m benchmarks.scans "$evaluation" --look light usual hard
}

measure_whole() {
  echo "== whole files: CPU beside pdfplumber, peak memory, second opinions"
  "$python" -m benchmarks.whole "$evaluation/corpus" "$evaluation/real/pdf"
}

measure_aggregations() {
  echo "== aggregations in bare grids"
  "$python" -m benchmarks.aggregations "$evaluation/aggregations/tables" "$work/found.json"
  "$python" "$evaluation/eval/score_aggregations.py" "$evaluation/aggregations/tables" \
    "$work/found.json" --rule strict
}

measure_planted() {
  echo "== planted errors"
  mkdir "$work/born" && cp "$evaluation"/kbench/pdf/A*.pdf "$work/born"
  "$python" -m benchmarks.planted samples/reports "$evaluation/seeds" "$work/born"
}

for part in "${@:-speed repeats facts dumps tables}"; do
  for what in $part; do
    if [ "$what" = speed ] || [ "$what" = repeats ] || [ -d "$evaluation/eval" ]; then
      "measure_$what"
    else
      echo "== $what: left out, there is no evaluation folder at $evaluation"
    fi
  done
done
