# Everything a clone needs is behind these targets: `make run` to see it, `make test` to trust it, `make check` to keep it so.
# Stamps under .venv/ and built/ make a second run cheap; `make clean` forgets them.

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export UV_SYSTEM_CERTS := 1
export UV_NO_PROGRESS := 1
# Compiled modules are kept, or each command would spend seconds compiling what it imports.
export PYTHONDONTWRITEBYTECODE :=

# A private uv goes into .tools where the machine has none: Debian's own Python refuses pip, and a venv does not.
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
PY := .venv/bin/python
BASE := .venv/.base-installed
DEV := .venv/.dev-installed
PEERS := .tools/bench/.installed
LOCKS := base dev bench node postgres

FRONT := src/legation/pages/static/built/.built
FRONT_SOURCES := $(shell find src/legation/pages -type f \( -name '*.ts' -o -name '*.css' -o -name '*.mjs' \) \
	-not -path '*/built/*' 2>/dev/null) $(wildcard package.json package-lock.json)
# The machine's Node where it is new enough for the bundler (18 or later); else the one a wheel carries.
NODE := $(shell node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null \
	&& command -v npm 2>/dev/null)
WITH_NODE := $(if $(NODE),,PATH="$(CURDIR)/.tools/node/bin:$$PATH")

STATE ?= Brazil

.PHONY: help setup dev run demonstration test check typecheck style campaign bench lock screenshots clean

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

setup: $(BASE) $(FRONT) ## Install what a node needs to run (Python packages, the front end)

dev: $(DEV) $(FRONT) ## Install what the checks and tests need besides

run: setup ## Serve the demonstration on this machine; STATE=Brazil chooses whose missions
	@.venv/bin/legation demonstration run --state "$(STATE)"

test: dev ## Run every test
	@.venv/bin/pytest $(PYTEST)

check: dev ## Style, types and the rules of the house, without the other tests
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy --strict src
	@$(WITH_NODE) npm run --silent check
	@.venv/bin/pytest -p no:django tests/house

campaign: dev ## The long versions: more power cuts, more tampering, more fuzz (about a quarter of an hour)
	@.venv/bin/pytest --campaign tests/faults tests/abuse tests/platform tests/intelligence $(PYTEST)
	@.venv/bin/python -m tests.campaign.fuzz_links --seconds 300

bench: $(PEERS) $(FRONT) ## Measure the claims of docs/figures.md beside their peers
	@for claim in bench/bench_*.py; do .tools/bench/bin/python "$$claim" || exit 1; done

screenshots: dev ## Take the pictures of the README again
	@$(PY) docs/take_screenshots.py

lock: | $(UV) ## Resolve requirements/*.in again
	@for name in $(LOCKS); do $(UV) pip compile -q --universal --python-version 3.12 --generate-hashes \
		--no-emit-index-url --no-annotate requirements/$$name.in -o requirements/$$name.lock; done

clean: ## Forget what was installed and built (the data stays)
	@rm -rf .venv node_modules src/legation/pages/static/built .mypy_cache .ruff_cache .pytest_cache .hypothesis

.tools/bin/uv:
	@command -v python3 >/dev/null || { echo "This machine has neither uv nor python3: install one of them, then try again." >&2; exit 1; }
	@python3 -m venv .tools || { echo "python3 cannot make a virtual environment here: on Debian run 'apt-get install python3-venv', then try again." >&2; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9' \
		|| { echo "uv could not be fetched: check the network or your proxy settings, then try again." >&2; exit 1; }

$(PY): | $(UV)
	@$(UV) venv -q --allow-existing .venv 2>/dev/null || $(UV) venv -q --allow-existing --python '>=3.12,<3.14' .venv \
		|| { echo "Legation needs Python 3.12 or 3.13: none was found here and none could be fetched. Install one, then try again." >&2; exit 1; }

# A clone that has the test tools keeps them when only the base is asked for.
$(BASE): requirements/base.lock pyproject.toml | $(PY)
	@if [ -f $(DEV) ]; then $(MAKE) install WHICH=dev && touch $(DEV) $@; else $(MAKE) install WHICH=base && touch $@; fi

$(DEV): requirements/dev.lock pyproject.toml | $(PY)
	@$(MAKE) install WHICH=dev
	@touch $(BASE) $@

.PHONY: install
install:
	@echo "Installing the packages of requirements/$(WHICH).lock ..."
	@$(UV) pip sync -q --python .venv --require-hashes requirements/$(WHICH).lock \
		|| { echo "The packages could not be installed: check the network or your proxy settings, then try again." >&2; exit 1; }
	@$(UV) pip install -q --python .venv --no-deps --no-build-isolation -e .

$(PEERS): requirements/bench.lock pyproject.toml | $(UV)
	@echo "Installing the peers that bench/ runs beside this project ..."
	@$(UV) venv -q --allow-existing .tools/bench
	@$(UV) pip sync -q --python .tools/bench --require-hashes requirements/bench.lock
	@$(UV) pip install -q --python .tools/bench --no-deps --no-build-isolation -e .
	@touch $@

.tools/node/bin/npm: requirements/node.lock | $(UV)
	@echo "No Node.js 18 or later here: fetching one as a wheel, only to build the front end ..."
	@$(UV) venv -q --allow-existing .tools/node
	@$(UV) pip sync -q --python .tools/node --require-hashes requirements/node.lock \
		|| { echo "Node.js could not be fetched: install Node 18 or later, or check the network, then try again." >&2; exit 1; }
	@touch $@

$(FRONT): $(FRONT_SOURCES) | $(if $(NODE),,.tools/node/bin/npm)
	@if [ -f package-lock.json ]; then echo "Building the front end ..."; \
		{ [ node_modules/.package-lock.json -nt package-lock.json ] || $(WITH_NODE) npm ci --silent; } \
		&& $(WITH_NODE) npm run --silent build \
		|| { echo "The front end could not be built: the lines above say why; 'make clean setup' starts over." >&2; exit 1; }; fi
	@mkdir -p $(@D) && touch $@
