# The front door. Nothing is installed by hand and nothing outside this folder is touched, but for
# the browser of the tests where the machine has none (see tools/install-browser).

PYTHON ?= python3
BIN := .venv/bin

# Material announces its end of life at every start; ARCHITECTURE.md says what we make of it.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
# Two installers in one environment would trip over each other.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help site serve check lint test audit bench shots marks lock schema clean again

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: .venv/site ## Build the site into site/; a build that fails leaves the old one
	@$(BIN)/python tools/site_build.py

serve: .venv/site ## Serve the site on http://127.0.0.1:8000/ and follow edits
	@$(BIN)/mkdocs serve --livereload

check: .venv/site ## Check the data, against the published branch where it is known
	@$(BIN)/charte check

lint: .venv/dev ## Check the code and its types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: .venv/dev ## Run all tests, in a real browser too
	tools/install-browser $(BIN)
	$(BIN)/pytest

# In parts: make audit ARGS="html-validate vnu". It needs Node and Java; nothing else does.
audit: .venv/dev site audit/node_modules/.package-lock.json ## Have the built site judged: HTML, accessibility, speed
	tools/install-browser $(BIN)
	$(BIN)/python tools/audit.py $(ARGS)

audit/node_modules/.package-lock.json: audit/package-lock.json audit/package.json
	tools/install-audit
	touch $@

bench: .venv/dev ## Time the build against the plain way
	PYTHONPATH=tools $(BIN)/python bench/bench.py $(ARGS)

shots: .venv/dev site ## Take pictures of site/ for the README, and a gallery of every kind of page
	tools/install-browser $(BIN)
	$(BIN)/python tools/shots.py

lock: .venv/dev ## Pin the newest dependencies that pyproject.toml allows
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group install --output-file requirements/site.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt

marks: .venv/dev ## Draw the mark anew into theme/marque/
	PYTHONPATH=hooks $(BIN)/python tools/marks.py

schema: .venv/dev ## Remake the register's JSON Schema from the model
	$(BIN)/charte schema > data/signatories.schema.json

clean: ## Remove all that was made
	@rm -rf .venv .build .cache audit/node_modules site .pytest_cache .mypy_cache .ruff_cache .hypothesis

# One lock for every machine and Python; no index's address in it.
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# What is installed is marked, so that it is installed once.
.venv/site: requirements/site.txt pyproject.toml
	@$(PYTHON) tools/environment.py site

.venv/dev: requirements/dev.txt pyproject.toml
	@$(PYTHON) tools/environment.py dev

# The Python of an environment may be removed from the machine: the marks are then worth nothing.
ifeq ($(wildcard $(BIN)/python),)
.venv/site .venv/dev: again
again:
endif
