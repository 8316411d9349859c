# make demo   the graph checked, a question answered, the picture and the Turtle written
# make test   everything the tests need installed, all tests run
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROJECT := pyproject.toml
NODE := $(CURDIR)/$(VENV)/node_modules

.PHONY: demo test test-full check lint format docs bench picture clean

demo: $(VENV)/.installed
	@$(BIN)/itasgraph check
	@echo
	@echo "$$ itasgraph query who -p topic=Kreislaufwirtschaft"
	@$(BIN)/itasgraph query who -p topic=Kreislaufwirtschaft
	@mkdir -p build
	@$(BIN)/itasgraph view -o build/network.html
	@$(BIN)/itasgraph export -o build/itas.ttl

test: $(VENV)/.installed-test $(VENV)/node_modules/.there
	@sh tests/parts.sh
	NODE_PATH=$(NODE) $(BIN)/pytest -n auto --dist loadfile -m "not slow"

test-full: test $(VENV)/w3c/.there
	NODE_PATH=$(NODE) $(BIN)/pytest -n auto -m slow

check: lint test

lint: $(VENV)/.installed-dev $(VENV)/node_modules/.there
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@if [ -x $(NODE)/.bin/eslint ]; then NODE_PATH=$(NODE) $(NODE)/.bin/eslint --config tests/eslint.config.mjs itasgraph/page && echo "eslint: nothing to report"; \
	else echo "The scripts of the page are not linted: eslint needs npm (on Debian: sudo apt-get install npm)." >&2; fi

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.installed-test
	$(BIN)/python -m tests.make_docs

picture: $(VENV)/.installed-test
	@sh tests/parts.sh
	$(BIN)/python -m tests.make_picture docs/network.png

bench: $(VENV)/.installed-test $(VENV)/kglab/.there
	$(BIN)/python -m tests.benchmarks

# The peer that the figures are set beside; it brings a gigabyte along and stays out of the environment.
$(VENV)/kglab/.there: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(VENV)/kglab
	@$(VENV)/kglab/bin/pip install --quiet --disable-pip-version-check kglab==0.7.0 || echo "kglab could not be installed; it is left out"
	@touch $@

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

# Independent readers of our formats in JavaScript and what lints ours; where they cannot be installed, their tests skip.
$(VENV)/node_modules/.there: Makefile | $(VENV)/bin/python
	@mkdir -p $(@D)
	@if command -v npm >/dev/null 2>&1; then \
	  echo "Installing readers and a linter of JavaScript into $(@D) …"; \
	  npm install --silent --no-audit --no-fund --no-save --prefix $(VENV) n3@2 jsonld@9 rdf-validate-shacl@0.6 axe-core@4 graphology@0.26 graphology-gexf@0.13 graphology-types@0.24 eslint@9 @eslint/js@9 globals@16 >/dev/null 2>&1 \
	    || echo "They could not be installed; their tests skip." >&2; \
	fi; mkdir -p $(@D) && touch $@

# The W3C's SPARQL tests come with the source of rdflib; where they cannot be fetched, their tests skip.
$(VENV)/w3c/.there: | $(VENV)/bin/python
	@echo "Fetching the W3C's SPARQL tests into $(@D) …"
	@mkdir -p $(@D)
	@{ $(BIN)/pip download --quiet --disable-pip-version-check --no-deps --no-binary rdflib --dest $(@D) rdflib==7.6.0 && \
	  tar -xzf $(@D)/rdflib-7.6.0.tar.gz -C $(@D) --strip-components=5 rdflib-7.6.0/test/data/suites/w3c && \
	  rm $(@D)/rdflib-7.6.0.tar.gz && touch $@; } || echo "They could not be fetched; their tests skip." >&2

$(VENV)/.installed-dev: $(VENV)/bin/python $(PROJECT)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed $(VENV)/.installed-test
