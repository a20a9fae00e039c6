# `make` alone says what there is to do. Needed: python3 (3.11 or newer, with venv and pip), make, git.
PYTHON ?= python3
VENV ?= .venv
# UV=no installs with pip alone: the same lock, about twice the time.
UV ?= yes
AGENCIES ?= notebooks/sample/agencies
OUT ?= out/sample

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What Python compiled is kept: the tests are read by every process of pytest, and many start a Python of their own.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# JupyterLab asks a server for news and new versions unless it is told not to.
LAB := $(VENV)/share/jupyter/lab/settings
QUIET_LAB := {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}
COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 \
	--extra cluster --extra docs --extra documents --extra lab --extra setup --extra test --quiet pyproject.toml -o
# Tests on every core, a file at a time, in the order of tests/conftest.py.
# One more than there are cores: many tests wait for another process.
CORES := -n $(shell expr `getconf _NPROCESSORS_ONLN` + 1) --dist loadfile --no-loadscope-reorder
# What a day's work touches most: the law with its cases, the house rules, the words.
DAILY := $(patsubst %,tests/*/test_%.py,appraisal_law appraisal_outcomes awards by_level cases certification checks clocks \
	extremes house law_literals one_law packaging parameters pay_limits question reference_examples report schedule_due \
	schedules spelling staffing staffing_boards staffing_moves staffing_people twelve_months year_limits)

.DEFAULT_GOAL := help
.PHONY: help setup run forum lab app docs lint types test test-all test-fast fuzz bench lock check-lock check-install check-engine check-conda check-lowest clean

help:
	@echo 'make setup   build $(VENV) from requirements.lock'
	@echo 'make run     run the sample agencies and say where the result is'
	@echo 'make forum   build the forum kits: decks, handouts, guides'
	@echo 'make lab     open the notebooks in JupyterLab, at start_here'
	@echo 'make docs    build the documentation site; nothing is fetched'
	@echo 'make app     serve the walks as an application on this machine'
	@echo 'make test    tests and notebooks'
	@echo 'make lint    the form of the code'
	@echo 'make types   the types of the code'
	@echo 'make fuzz    read 10,000 rosters, 1,000 workbooks and 2,000 YAML files made at random, each within limits'
	@echo 'make test-all    the same with every seed, sample and input'
	@echo 'make test-fast   the law with its cases, the house rules, the words: under a minute'
	@echo 'make bench   measure the batch and the roster reader'
	@echo 'make lock    write requirements.lock from pyproject.toml (UPGRADE=--upgrade: newest versions)'
	@echo 'make clean   remove $(VENV) and everything made by a run or a test'

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed. Name one: make setup PYTHON=python3.12'; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || \
		{ echo 'This Python cannot make a virtual environment: install its venv and pip (on Debian: python3-venv).'; exit 1; }
	@if [ '$(UV)' = yes ] \
		&& sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock \
		&& $(BIN)/python -m pip install --quiet --no-deps --require-hashes -r $(VENV)/uv.lock \
		&& $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock; \
	then :; else \
		echo 'Installing with pip.'; \
		$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock; \
	fi
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@mkdir -p $(LAB) && printf '%s\n' '$(QUIET_LAB)' > $(LAB)/overrides.json
	@touch $@
	@echo 'Ready: $(VENV)'

run: setup
	@rm -f $(OUT)/index.html
	@$(BIN)/seskit batch $(AGENCIES) --out $(OUT); code=$$?; \
	if [ $$code -eq 1 ] && [ -f $(OUT)/index.html ]; then \
		echo 'At least one agency needs attention; the index says which and why. The sample holds faulty records on purpose.'; \
	elif [ $$code -ne 0 ]; then exit $$code; fi
	@echo 'Open $(OUT)/index.html'

forum: setup
	$(BIN)/seskit forum build all --out out/forum

# Kernels speak through sockets in a folder of mode 0700, so that no other user of this machine can listen.
lab: setup
	@sockets=$$(mktemp -d) && trap 'rm -rf "$$sockets"' EXIT INT TERM && JUPYTER_RUNTIME_DIR="$$sockets" \
	$(BIN)/jupyter lab --KernelManager.transport=ipc --ServerApp.jpserver_extensions=seskit.desk.saving=True \
	--LabApp.custom_css=True --notebook-dir=. notebooks/start_here.ipynb

app: setup
	$(BIN)/seskit desk .

docs: setup
	@$(BIN)/python -m docs.site.build out/docs && echo 'Open out/docs/index.html'

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup
	$(BIN)/mypy

test: setup
	$(BIN)/python -m pytest $(CORES)

# Every seed, sample and input, also of what `make test` tries a spread of (tests/extent.py).
test-all: export SESKIT_TEST_ALL = 1
test-all: test

test-fast: lint types
	$(BIN)/python -m pytest -m 'not slow and not browser' $(DAILY)

fuzz: setup
	$(BIN)/python -m tests.fuzz_rosters

bench: setup
	$(BIN)/python -m tests.bench

lock: setup
	$(COMPILE) requirements.lock $(UPGRADE)

# The lock made again, keeping its versions, must come out the same.
check-lock: setup
	@cp requirements.lock $(VENV)/check.lock
	@$(COMPILE) $(VENV)/check.lock
	@sed 1,2d requirements.lock > $(VENV)/kept.lock && sed 1,2d $(VENV)/check.lock | diff $(VENV)/kept.lock - \
		&& echo 'requirements.lock agrees with pyproject.toml.'

# The wheel alone, with what it asks for, in an empty environment of each Python found: the main job is done there.
check-install: setup
	@rm -rf $(VENV)/wheel && $(BIN)/python -m hatchling build -t wheel -d $(VENV)/wheel >/dev/null
	@$(BIN)/python -m tests.clean_room $(VENV)/wheel/*.whl

# The oldest versions that pyproject.toml allows, in an environment of their own: what rests most on the libraries is tried.
check-lowest: setup
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/lowest
	@$(BIN)/uv pip install --quiet --python $(VENV)/lowest/bin/python --resolution lowest-direct -e '.[cluster,docs,documents,lab,setup,test]'
	$(VENV)/lowest/bin/python -m pytest -m 'not browser' $(patsubst %,tests/*/test_%.py,batch_plan batch_stock batch_warm desk documents \
		forms notices pdf question roster scan_planted small_cells widgets workbook workbook_reading)

# The warm engine with the oldest and the newest versions of what it stands on, each in an environment of its own.
check-engine: setup
	@$(BIN)/python -m tests.engine_versions

# Whether environment.yml can be solved, with rattler's solver; where its channel cannot be reached, that is said.
check-conda: setup
	@$(BIN)/uv --quiet run --no-project --with py-rattler --with pyyaml python -m tests.conda_solve

clean:
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
