# Everything that is done with this checkout, one line each: `make help`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help install demo test contract check bench lock

help: ## what there is to do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(INSTALLED) ## install what the desk needs into .venv, every file checked by its hash

demo: $(INSTALLED) ## a distributor in a sandbox Odoo: scan, act, ask, and what to type next
	$(BIN)/python app.py demo

test: $(INSTALLED_DEV) ## the whole test suite with coverage
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term

contract: $(INSTALLED_DEV) ## the sandbox as a real Odoo answers, and the Odoo that DESK_CONTRACT_URL, _DB, _USER, _PASSWORD name
	$(BIN)/python -m pytest tests/contract -v

check: $(INSTALLED_DEV) ## ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache

bench: $(INSTALLED_DEV) ## speed beside a peer, in one run
	$(BIN)/python -m benchmarks.case_throughput
	$(BIN)/python -m benchmarks.scan_calls

lock: $(INSTALLED_DEV) ## work out both lock files afresh, hashes and no addresses
	$(BIN)/uv pip compile -q pyproject.toml $(LOCKING) -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra dev -c requirements.lock $(LOCKING) -o requirements-dev.lock

LOCKING := --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header

$(INSTALLED): requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name one: make PYTHON=python3.12 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
