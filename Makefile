# Two commands do everything on a machine with Python 3.11, make and git:
#   make demo    set up, build an archive from the samples, audit it, say how to browse
#   make test    set up, run every test
# make test-datasette-1 runs those of the pages on the alphas of Datasette 1.0, in an environment of its own.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

# The alphas of Datasette 1.0 on which the pages are known to work: from the one with the security fixes of
# September 2026 to the newest one tried. An alpha may change anything, and a new one must not fail a change that has
# nothing to do with it. To try it:  make test-datasette-1 DATASETTE_1='datasette>=1.0a0'  and raise the end if it passes.
DATASETTE_1 ?= datasette>=1.0a39,<=1.0a41
VENV_1 = $(VENV)/datasette-1
READY_1 = $(VENV_1)/.ready-$(shell printf '%s' "$(DATASETTE_1)" | cksum | cut -d ' ' -f 1)

.PHONY: demo test test-datasette-1 check format docs page serve clean
.DEFAULT_GOAL = check

$(READY): pyproject.toml
	@echo "setting up $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -e '.[dev]'
	@touch $(READY)

$(READY_1): pyproject.toml
	@echo "setting up $(VENV_1) ..."
	@$(PYTHON) -m venv $(VENV_1)
	@$(VENV_1)/bin/python -m pip --disable-pip-version-check --quiet install -e '.[test,browser]' '$(DATASETTE_1)'
	@touch $(READY_1)

demo: $(READY)
	@$(BIN)/archiver demo

test: $(READY)
	$(BIN)/pytest -n auto

test-datasette-1: $(READY_1)
	@$(VENV_1)/bin/python -c 'import datasette; print("Datasette", datasette.__version__)'
	$(VENV_1)/bin/pytest -n auto tests/web

check: $(READY) docs-check
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: $(READY)
	$(BIN)/python -m docs.generate

.PHONY: docs-check
docs-check: $(READY)
	$(BIN)/python -m docs.generate --check

# A test case from a page: make page URL=https://news.example/a SLUG=what-it-poses   (or FILE=page.html)
page: $(READY)
	$(BIN)/python -m tests.make_page "$(SLUG)" "$(or $(URL),$(FILE))"

serve: $(READY)
	$(BIN)/archiver serve

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
