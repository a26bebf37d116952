PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
ADDRESS ?= localhost
FILE ?=
HOST ?=
WORD ?=
ROWS ?= 1000000
SEED ?= 1
COUNT ?= 30
STEPS ?= 3

.PHONY: run test check bench mutants samples clean

run: export SEGMENT_LAB_WORD = $(WORD)
run: $(VENV)/app ## set up everything and start the app; FILE=customers.csv opens that file for everybody, WORD=… asks for it
	$(BIN)/python launch.py --port $(PORT) --address $(ADDRESS) $(HOST:%=--host %) -- $(FILE)

test: $(VENV)/dev ## set up everything, a browser included, and run all tests
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m pytest -n 2 -q

check: $(VENV)/dev ## lint and type-check, Python and JavaScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.javascript.node

bench: $(VENV)/dev $(VENV)/rivals/done ## ratios beside named rivals, as a table
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m benchmarks --rows $(ROWS) --lifetimes $(VENV)/rivals/bin/python

mutants: $(VENV)/dev ## change the code at random, COUNT times, and say which changes no test notices; the same SEED, the same changes
	$(BIN)/python -m tests.mutants --seed $(SEED) --count $(COUNT) --steps $(STEPS)

samples: $(VENV)/app ## make the shipped samples anew from their script
	$(BIN)/python -m sample_data.make

$(VENV)/app: requirements.txt
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed; this is ' + sys.version.split()[0])"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: $(VENV)/app requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(VENV)/rivals/done: benchmarks/requirements-rivals.txt # lifetimes wants an older pandas, so it lives apart
	$(PYTHON) -m venv $(VENV)/rivals
	$(VENV)/rivals/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements-rivals.txt
	touch $@

clean: ## forget the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
