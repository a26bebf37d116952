PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
ADDRESS ?= localhost
FILE ?=
HOST ?=
WORD ?=
DATA ?=
ROWS ?= 1000000
UPGRADE ?=
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes -r
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --annotation-style line $(UPGRADE)
UV := $(VENV)/upkeep/bin/uv
SEED ?= 1
FILES ?= 20000
STUDIES ?= 10000
COUNT ?= 30
STEPS ?= 3

.PHONY: run test check fuzz bench mutants samples lock audit clean

run: export SEGMENT_LAB_WORD = $(WORD)
run: export SEGMENT_LAB_DATA = $(DATA)
run: $(VENV)/app ## set up everything and start the app; FILE=customers.csv opens that file for everybody, WORD=… asks for it, DATA=folder keeps what visitors do
	$(BIN)/python launch.py --port $(PORT) --address $(ADDRESS) $(HOST:%=--host %) -- $(FILE)

test: $(VENV)/dev ## set up everything, a browser included, and run all tests
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m pytest -n 2 --dist worksteal -q

check: $(VENV)/dev ## lint and type-check, Python and JavaScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.javascript.node

fuzz: $(VENV)/dev ## files and studies changed by lot: each must be a result or a sentence; what fails is kept in build/fuzz
	$(BIN)/python -m tests.fuzz --seed $(SEED) --files $(FILES) --studies $(STUDIES)
	$(BIN)/python -m tests.fuzz --hostile

bench: $(VENV)/dev $(VENV)/rivals/done ## ratios beside named rivals, as a table
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m benchmarks --rows $(ROWS) --lifetimes $(VENV)/rivals/bin/python

mutants: $(VENV)/dev ## change the code at random, COUNT times, and say which changes no test notices; the same SEED, the same changes
	$(BIN)/python -m tests.mutants --seed $(SEED) --count $(COUNT) --steps $(STEPS)

samples: $(VENV)/app ## make the shipped samples anew from their script
	$(BIN)/python -m sample_data.make

lock: $(VENV)/upkeep/done ## write the locks anew from the requirements; UPGRADE=--upgrade takes the newest of what is not pinned
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements-login.txt -c requirements.lock -o requirements-login.lock
	$(COMPILE) requirements-dev.txt -c requirements-login.lock -o requirements-dev.lock
	$(COMPILE) requirements-upkeep.txt -o requirements-upkeep.lock
	$(COMPILE) benchmarks/requirements-rivals.txt -o benchmarks/requirements-rivals.lock

audit: $(VENV)/dev $(VENV)/rivals/done $(VENV)/upkeep/done ## known weaknesses and licences of all that is locked; asks the outside
	$(VENV)/upkeep/bin/python -m upkeep.audit requirements-dev.lock=$(VENV) requirements-upkeep.lock=$(VENV)/upkeep \
		benchmarks/requirements-rivals.lock=$(VENV)/rivals

$(VENV)/app: requirements.lock
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed; this is ' + sys.version.split()[0])"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) requirements.lock
	touch $@

$(VENV)/dev: $(VENV)/app requirements-dev.lock
	$(BIN)/python $(INSTALL) requirements-dev.lock
	touch $@

$(VENV)/rivals/done: benchmarks/requirements-rivals.lock # lifetimes wants an older pandas, so it lives apart
	$(PYTHON) -m venv $(VENV)/rivals
	$(VENV)/rivals/bin/python $(INSTALL) benchmarks/requirements-rivals.lock
	touch $@

$(VENV)/upkeep/done: requirements-upkeep.lock # what looks after the locks is no part of what they lock
	$(PYTHON) -m venv $(VENV)/upkeep
	$(VENV)/upkeep/bin/python $(INSTALL) requirements-upkeep.lock
	touch $@

clean: ## forget the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
