# make demo   the graph checked, a question answered, the picture and the Turtle written
# make test   everything the tests need installed, all tests run
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROJECT := pyproject.toml

.PHONY: demo test test-full check lint format docs bench picture clean

demo: $(VENV)/.installed
	@$(BIN)/itasgraph check
	@echo
	@echo "$$ itasgraph query who -p topic=Kreislaufwirtschaft"
	@$(BIN)/itasgraph query who -p topic=Kreislaufwirtschaft
	@mkdir -p build
	@$(BIN)/itasgraph view -o build/network.html
	@$(BIN)/itasgraph export -o build/itas.ttl

test: $(VENV)/.installed-test
	@sh tests/parts.sh
	$(BIN)/pytest -m "not slow"

test-full: test
	$(BIN)/pytest -m slow

check: lint test

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.installed-test
	$(BIN)/python -m tests.make_docs

picture: $(VENV)/.installed-test
	@sh tests/parts.sh
	$(BIN)/python -m tests.make_picture docs/network.png

bench: $(VENV)/.installed-test
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) build dist

# The environment is made in one go; a half-made one is removed, so that the next run starts anew.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "itasgraph needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python lacks venv or ensurepip. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: $(VENV)/bin/python $(PROJECT)
	@echo "Installing into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/bin/python $(PROJECT)
	@echo "Installing what the tests need into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-dev: $(VENV)/bin/python $(PROJECT)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed $(VENV)/.installed-test
