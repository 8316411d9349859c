# make demo   checks the graph, answers a question, writes the picture and the Turtle
# make test   installs what the tests need and runs the quick tests
# CONTRIBUTING.md lists the other targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(CURDIR)/$(VENV)/node_modules
PYTEST := -m pytest -n auto --dist worksteal
# All targets but `make test-newest` and `make test-oldest` install what locks/ names, with version and hash. They install
# wheels only: pip would build anything else with packages that no lock names. Each lock is its own constraint as well: a
# requirement with an extra (rdflib[html]) would otherwise take the newest release, which has no hash in the lock.
PIP := -m pip --quiet --disable-pip-version-check
FROM_LOCK = $(PIP) install --only-binary :all: --require-hashes --requirement $(1) --constraint $(1)
OURSELVES := $(PIP) install --no-deps --no-build-isolation --editable .
UV := $(VENV)/uv/bin/uv

.PHONY: demo test test-full test-newest test-oldest parts check lint format docs bench bench-draft picture lock clean
.NOTPARALLEL:

demo: $(VENV)/.installed
	@$(BIN)/itasgraph check
	@echo
	@echo "$$ itasgraph query who -p topic=Kreislaufwirtschaft"
	@$(BIN)/itasgraph query who -p topic=Kreislaufwirtschaft
	@mkdir -p build
	@$(BIN)/itasgraph view -o build/network.html
	@$(BIN)/itasgraph export -o build/itas.ttl

test: parts $(VENV)/.installed-test $(VENV)/node_modules/.there
	NODE_PATH=$(NODE) $(BIN)/python $(PYTEST) -m "not slow"

test-full: test $(VENV)/w3c/.there
	NODE_PATH=$(NODE) ITASGRAPH_LONG_RUN=1 $(BIN)/python $(PYTEST) -m "slow or property"

# Run the quick tests with the newest releases, or with the oldest that pyproject.toml admits, each in its own environment.
# The oldest releases warn about what changed after them, so their warnings are no errors.
test-newest: RESOLUTION := highest
test-oldest: RESOLUTION := lowest-direct
test-oldest: PYTEST += -W default
test-newest test-oldest: parts $(UV) $(VENV)/node_modules/.there
	@$(UV) venv --quiet --clear --seed --python $(BIN)/python $(VENV)/$@
	@$(UV) pip install --quiet --python $(VENV)/$@ --resolution $(RESOLUTION) --editable '.[test]'
	NODE_PATH=$(NODE) $(VENV)/$@/bin/python $(PYTEST) -m "not slow"

# Install the programs that tests need and pip cannot install.
parts:
	@sh tools/parts.sh

check: lint test

lint: $(VENV)/.installed-dev $(VENV)/node_modules/.there
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 --package itasgraph
	@if [ -x $(NODE)/.bin/eslint ]; then NODE_PATH=$(NODE) $(NODE)/.bin/eslint --config tools/eslint.config.mjs itasgraph/picture/assets && echo "eslint: nothing to report"; \
	else echo "The scripts of the page are not linted: eslint needs npm (on Debian: sudo apt-get install npm)." >&2; fi

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.installed-test
	$(BIN)/python -m tools.make_docs

picture: parts $(VENV)/.installed-test
	$(BIN)/python -m tools.make_picture docs/network.png

bench: $(VENV)/.installed-test $(VENV)/kglab/.there
	$(BIN)/python -m tools.benchmarks$(if $(SIZE),.growth --size $(SIZE))

bench-draft: $(VENV)/.installed-test
	@for half in development held; do echo "$$half:"; $(BIN)/python -m tools.score_drafts --half $$half; done

# Update every lock to the newest releases that pyproject.toml and locks/package.json admit, with the same version in all.
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --no-config --universal --python-version 3.11 --fork-strategy fewest --generate-hashes
lock: $(UV)
	@command -v npm >/dev/null || { echo "The lock of the JavaScript packages needs npm (on Debian: sudo apt-get install npm)." >&2; exit 1; }
	$(LOCK) --upgrade pyproject.toml --extra dev --group build --group w3c-build -o locks/dev.txt
	$(LOCK) pyproject.toml --extra test --group build --group w3c-build -c locks/dev.txt -o locks/test.txt
	$(LOCK) pyproject.toml --group build -c locks/dev.txt -o locks/demo.txt
	$(LOCK) --upgrade --group peer -o locks/peer.txt
	$(LOCK) --no-deps --no-binary rdflib --group w3c -o locks/w3c.txt
	@rm -rf $(VENV)/lock && mkdir $(VENV)/lock && cp locks/package.json $(VENV)/lock
	npm install --silent --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --prefix $(VENV)/lock
	@cp $(VENV)/lock/package-lock.json locks

clean:
	rm -rf $(VENV) build dist

# Make the environment as a whole: if that fails, remove it, so that the next run starts again.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "itasgraph needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python lacks venv or ensurepip. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: pyproject.toml locks/demo.txt | $(BIN)/python
	@echo "Installing into $(VENV) …"
	@$(BIN)/python $(call FROM_LOCK,locks/demo.txt)
	@$(BIN)/python $(OURSELVES)
	@touch $@

$(VENV)/.installed-test: pyproject.toml locks/test.txt | $(BIN)/python
	@echo "Installing what the tests need into $(VENV) …"
	@$(BIN)/python $(call FROM_LOCK,locks/test.txt)
	@$(BIN)/python $(OURSELVES)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-dev: pyproject.toml locks/dev.txt | $(BIN)/python
	@echo "Installing what developers need into $(VENV) …"
	@$(BIN)/python $(call FROM_LOCK,locks/dev.txt)
	@$(BIN)/python $(OURSELVES)
	@touch $@ $(VENV)/.installed $(VENV)/.installed-test

# Install uv, always its newest release; it writes the locks, and installs the newest and the oldest releases.
$(UV): | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/uv
	@$(VENV)/uv/bin/python $(PIP) install uv

# Install JavaScript readers of our formats and the linter of our scripts; tests that need them skip where that fails.
$(VENV)/node_modules/.there: locks/package-lock.json | $(BIN)/python
	@sh tools/parts.sh npm
	@if command -v npm >/dev/null; then \
	  echo "Installing readers and a linter of JavaScript into $(@D) …"; \
	  cp locks/package.json locks/package-lock.json $(VENV); \
	  { npm ci --silent --ignore-scripts --no-audit --no-fund --prefix $(VENV) && touch $@; } || echo "They could not be installed; their tests skip." >&2; \
	fi

# Fetch the W3C's SPARQL tests, which come with the source of rdflib; they skip where that fails.
$(VENV)/w3c/.there: locks/w3c.txt | $(VENV)/.installed-test
	@echo "Fetching the W3C's SPARQL tests into $(@D) …"
	@mkdir -p $(@D)
	@{ $(BIN)/python $(PIP) download --no-deps --no-binary :all: --no-build-isolation --require-hashes --dest $(@D) --requirement locks/w3c.txt && \
	  tar -xzf $(@D)/rdflib-*.tar.gz -C $(@D) --strip-components=5 --wildcards 'rdflib-*/test/data/suites/w3c' && \
	  rm $(@D)/rdflib-*.tar.gz && touch $@; } || echo "They could not be fetched; their tests skip." >&2

# Install kglab, with which `make bench` compares our figures. It takes a gigabyte, so it has its own environment.
$(VENV)/kglab/.there: locks/peer.txt | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/kglab
	@{ $(VENV)/kglab/bin/python $(call FROM_LOCK,locks/peer.txt) && touch $@; } || echo "kglab could not be installed; it is left out" >&2
