# `make test` does all the set-up on a fresh machine: Python 3.11 or newer, git and make are enough.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
READY := .venv/ready
RUNS := .venv/runs
# Tests start the program many times; where the environment forbids to keep compiled files, each would compile it anew.
export PYTHONDONTWRITEBYTECODE :=
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --custom-compile-command "make lock"

.PHONY: help setup demo lint browser compiled test bench load exhaustive house docs golden lock clean

help:
	@echo "make test     set up, lint, check the briefs, run all tests"
	@echo "make demo     a local workspace with the bot in it, as a page"
	@echo "make lint     format and lint only"
	@echo "make bench    measure content, search and answers (some minutes)"
	@echo "make load     fan-out, corrections, digests, mentions, mutated payloads, a year's use, its backup, limits, faults, kills (some hours)"
	@echo "make exhaustive  digest times of all zones, seven years, against the C library; all tests at full size (an hour)"
	@echo "make house    measure the structure of the code, side by side with its goals"
	@echo "make docs     write the generated pages anew (rules, schema, Slack's errors)"
	@echo "make golden   write all golden files anew; review them with git diff"
	@echo "make lock     compile requirements*.txt from pyproject.toml"
	@echo "make clean    remove the virtual environment and caches"

setup: $(READY)

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -m bot.supported
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements-dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(RUNS) $(READY)

demo: $(RUNS)
	@$(BIN)/briefbot demo

# Only what the bot itself needs: a first look should not wait for linters and a browser.
$(RUNS): requirements.txt requirements-build.txt
	@$(PYTHON) -m bot.supported
	@echo "Setting up .venv, once: an environment …"
	@$(PYTHON) -m venv .venv
	@echo "… and $$(grep -c '^[a-z]' requirements.txt) packages, about 130 MB; this takes a minute or less."
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(RUNS)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/hadolint Dockerfile
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Chromium for the browser tests: the system's, or installed by its package manager when root, else Playwright's own.
browser: $(READY)
	@command -v chromium chromium-browser google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi

# More workers than cores, as many tests wait; tests/conftest.py says which tests one of them runs together.
PARALLEL := -n 5 --dist loadfile --no-loadscope-reorder

# Once, so that no worker does it anew; beside the linters, which use one core. What fails here is told by the tests.
compiled: $(READY)
	@$(BIN)/pytest --collect-only -qq >/dev/null 2>&1 || true

test: $(READY)
	@$(MAKE) --no-print-directory --jobs=3 lint browser compiled
	$(BIN)/briefbot check briefs
	$(BIN)/python -m tests.in_memory $(BIN)/pytest $(PARALLEL)

bench: $(READY)
	$(BIN)/python -m tests.load.bench
	$(BIN)/python -m tests.load.bench_meaning
	$(BIN)/python -m tests.load.bench_slack
	$(BIN)/python -m tests.load.storm
	$(BIN)/python -m tests.load.package

load: $(READY)
	for database in sqlite postgres; do \
		$(BIN)/python -m tests.load.idle --database $$database && \
		$(BIN)/python -m tests.load.fanout --database $$database --run A && \
		$(BIN)/python -m tests.load.fanout --database $$database --run B --briefs 3 && \
		$(BIN)/python -m tests.load.fanout --database $$database --run B --briefs 3 --no-history && \
		$(BIN)/python -m tests.load.corrections --database $$database && \
		$(BIN)/python -m tests.load.digests --database $$database && \
		$(BIN)/python -m tests.load.digest_flood --database $$database && \
		$(BIN)/python -m tests.load.mentions --database $$database && \
		$(BIN)/python -m tests.load.reports --database $$database && \
		$(BIN)/python -m tests.load.floods --database $$database && \
		$(BIN)/python -m tests.load.mutations --database $$database && \
		$(BIN)/python -m tests.load.year --database $$database && \
		$(BIN)/python -m tests.load.backup --database $$database && \
		$(BIN)/python -m tests.load.trouble --full --database $$database || exit 1; \
	done
	$(BIN)/python -m tests.load.verify

exhaustive: $(READY)
	$(BIN)/python -m tests.core.digests.exhaustive
	HYPOTHESIS_PROFILE=full $(BIN)/python -m tests.in_memory $(BIN)/pytest $(PARALLEL)

house: $(READY)
	@$(BIN)/python -m tests.house

docs: $(READY)
	$(BIN)/pytest tests/test_docs.py --update-golden

golden: $(READY)
	$(BIN)/pytest tests/cli tests/content tests/render tests/scenarios/test_first_week.py tests/test_docs.py --update-golden

lock: $(READY)
	$(PIP) install uv==0.13.9
	$(UV) pyproject.toml --extra fast --output-file requirements.txt
	$(UV) pyproject.toml --extra dev --output-file requirements-dev.txt
	$(UV) --group build --output-file requirements-build.txt

clean:
	rm -rf .venv var .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find bot tests -name __pycache__ -prune -exec rm -rf {} +
