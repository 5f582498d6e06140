# Everything that people type. `make run` and `make test` need only Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
HOST ?= localhost
# Who can open the pages may judge claims there: only on one's own machine.
REVIEW ?= $(if $(filter localhost,$(HOST)),on,off)

.PHONY: help run setup load test test-all lint format accuracy bench clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1: /'

run: load ## set up, load the bundled corpus, open the dashboard on http://localhost:8501
	ENTENTE_REVIEW=$(REVIEW) $(BIN)/python -m streamlit run dashboard/server.py --server.port $(PORT) --server.address $(HOST)

setup: $(VENV)/.installed ## make the virtual environment

load: setup ## load the bundled corpus into the database
	$(BIN)/python -m pipeline load pipeline/corpus

test: $(VENV)/.installed-tests ## set up and run the quick tests
	$(BIN)/python -m pytest

test-all: $(VENV)/.installed-tests ## all tests, the slow ones and those in a browser too
	$(BIN)/python -m pytest -m "" -n 2 --dist worksteal

lint: $(VENV)/.installed-tests ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-tests ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

accuracy: $(VENV)/.installed-tests ## measure matching on labelled events that it did not learn from
	$(BIN)/python -m tests.accuracy

bench: $(VENV)/.installed-tests ## measure loading, queries and pages (NOTES=100000 RUNS=3 PARTS="load queries" DATABASE=url)
	$(BIN)/python -m tests.bench $(PARTS) $(if $(NOTES),--notes $(NOTES)) $(if $(RUNS),--runs $(RUNS)) \
		$(if $(DATABASE),--database $(DATABASE))

clean: ## remove what can be made again; the database stays
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.installed-tests: $(VENV)/.installed tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@
