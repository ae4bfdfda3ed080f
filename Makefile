# Two commands matter: `make run` and `make test`. Everything lives in .venv and output/.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHONS ?= python3 python3.14 python3.13 python3.12 python3.11
UV := uv>=0.9,<1

# uv works on our environment with our Python; it never fetches another one.
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

.PHONY: help setup run test lint audit bench clean

help:
	@echo "make run    read the reports in samples/reports/, write the dataset and the report to output/"
	@echo "make test   run all tests"
	@echo "make lint   ruff, mypy and the import contracts"
	@echo "make audit  known weaknesses of the packages that are used (asks PyPI)"
	@echo "make bench  measure the samples and, where the gold is at hand, the accuracy"
	@echo "make clean  remove what runs and tests wrote"

setup: $(READY)

$(READY): pyproject.toml uv.lock
	@python=""; \
	for candidate in $(PYTHONS); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    python=$$candidate; break; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "geomsan needs Python 3.11 or newer; none of these is: $(PYTHONS)" >&2; \
	  echo "Name yours: make PYTHONS=/path/to/python3.12" >&2; exit 2; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null && [ "$$(id -u)" = 0 ] \
	  && command -v apt-get >/dev/null; then \
	  echo "Installing python3-venv (once)"; \
	  { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null || true; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$python cannot make virtual environments." >&2; \
	  echo "On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; \
	fi; \
	[ -x $(BIN)/python ] || "$$python" -m venv $(VENV)
	@echo "Setting up $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check '$(UV)'
	@$(BIN)/uv sync --quiet --locked --python $(BIN)/python
	@touch $@

# The samples hold planted errors: exit code 1 (mismatches found) is what we expect here.
run: setup
	@$(BIN)/geomsan run samples/reports -o output || [ $$? -eq 1 ]

test: setup
	@$(BIN)/pytest -n 2

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Asks the vulnerability service of PyPI about every package of the lock; one that it does not know
# is a failure: where nothing was looked up nothing was found either.
audit: setup
	@locked=$$(mktemp); trap 'rm -f "$$locked"' EXIT; \
	$(BIN)/uv export --quiet --locked --no-emit-project --all-extras -o "$$locked" >/dev/null; \
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r "$$locked" $(AUDIT)

bench: setup
	@benchmarks/run.sh

clean:
	find output -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +
