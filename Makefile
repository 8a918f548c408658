# Two commands do everything on a machine with Python 3.11, make and git:
#   make demo    set up, build an archive from the samples, audit it, say how to browse
#   make test    set up, run every test
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check format docs page serve clean
.DEFAULT_GOAL = check

$(READY): pyproject.toml
	@echo "setting up $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -e '.[dev]'
	@touch $(READY)

demo: $(READY)
	@$(BIN)/archiver demo

test: $(READY)
	$(BIN)/pytest -n auto

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
