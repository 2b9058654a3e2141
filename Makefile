# The only entry: people and CI run the same targets. `make` alone prints them.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# The oldest Python that will do comes first: it is what the checks are written for.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))
INSTALLED := $(VENV)/.installed
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"
# Arguments for pytest, such as: make test ARGS="tests/unit -k symptoms -n 0"
ARGS ?=
# A process for each core; tests/conftest.py says which tests stay together.
PYTEST := $(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder

.PHONY: help
help: ## Print this list
	@echo "Usage: make <target>"
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-21s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "Settings: CMS_PORT=8000 SITE_PORT=3000 DATA_DIR=var (all of them: .env.example)"

$(INSTALLED): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python cannot make an environment here; on Debian: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the locked packages into $(VENV); the first time takes a minute …"
	@if command -v uv >/dev/null; then \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt; \
	fi
	@touch $@

.PHONY: setup
setup: $(INSTALLED) ## Make the environment that the other targets need

.PHONY: run
run: $(INSTALLED) ## Start the CMS and the site, with demo content the first time
	@$(BIN)/python -m scripts.run

.PHONY: build-site
build-site: $(INSTALLED) ## Write the public site as static files (OUT=dist; the CMS must run)
	@$(BIN)/python -m scripts.build_site

.PHONY: test
test: $(INSTALLED) ## Run every test (ARGS="…" goes to pytest)
	@CHROMIUM="$$($(BIN)/python -m scripts.chromium)" && export CHROMIUM \
		&& $(PYTEST) $(ARGS)

.PHONY: test-postgres
test-postgres: $(INSTALLED) ## Run every test that has a database on a PostgreSQL server of its own
	@CHROMIUM="$$($(BIN)/python -m scripts.chromium)" && export CHROMIUM \
		&& $(BIN)/python -m scripts.postgres $(PYTEST) --ignore=tests/web $(ARGS)

.PHONY: lint
lint: $(INSTALLED) typecheck ## Check style, imports, templates and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@PYTHONPATH=backend:frontend $(BIN)/lint-imports
	@$(BIN)/djlint --configuration pyproject.toml --check --lint --profile jinja frontend
	@$(BIN)/djlint --configuration pyproject.toml --check --lint --profile django backend

.PHONY: typecheck
typecheck: $(INSTALLED) ## Check types with mypy, strict
	@$(BIN)/mypy

.PHONY: format
format: $(INSTALLED) ## Put code and templates into their style
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	-@$(BIN)/djlint --configuration pyproject.toml --quiet --reformat --profile jinja frontend
	-@$(BIN)/djlint --configuration pyproject.toml --quiet --reformat --profile django backend

.PHONY: lock
lock: $(INSTALLED) ## Compile the locks from the pyproject files (UPGRADE=1 takes newer releases)
	@$(LOCK) $(if $(UPGRADE),--upgrade) --group run --group test --group lint \
		pyproject.toml backend/pyproject.toml frontend/pyproject.toml --output-file requirements-dev.txt
	@$(LOCK) --constraints requirements-dev.txt backend/pyproject.toml --output-file backend/requirements.txt
	@$(LOCK) --constraints requirements-dev.txt frontend/pyproject.toml --output-file frontend/requirements.txt

.PHONY: contract
contract: $(INSTALLED) ## Write contract/ and the site's models from the CMS's definitions
	@$(BIN)/python backend/manage.py export_contract

.PHONY: contract-check
contract-check: $(INSTALLED) ## Fail when contract/ is stale, or breaks without a new version
	@$(BIN)/python backend/manage.py export_contract --check

.PHONY: ci
ci: lint contract-check test test-postgres ## Everything that has to pass

.PHONY: bench
bench: $(INSTALLED) ## Measure pages and publishing, every figure promised (OUT, SEARCH_DATA, ROUNDS)
	@$(BIN)/python -m bench.speed $(ARGS)

.PHONY: bench-outage
bench-outage: $(INSTALLED) ## Kill the CMS and cut it off under readers: what do they notice?
	@$(BIN)/python -m bench.outage $(ARGS)

.PHONY: bench-previews
bench-previews: $(INSTALLED) ## Measure the editor's preview beside Wagtail's own, in a browser
	@CHROMIUM="$$($(BIN)/python -m scripts.chromium)" && export CHROMIUM \
		&& $(BIN)/python -m bench.preview_speed $(ARGS)

.PHONY: bench-search
bench-search: $(INSTALLED) ## Measure the search among 8,068 conditions (SEARCH_DATA, QUERIES, OUT, DATABASE_URL)
	@$(BIN)/python -m bench.search_quality $(ARGS)

.PHONY: bench-search-postgres
bench-search-postgres: $(INSTALLED) ## The same on a PostgreSQL server of its own
	@$(BIN)/python -m scripts.postgres $(BIN)/python -m bench.search_quality $(ARGS)

.PHONY: bench-comments
bench-comments: $(INSTALLED) ## Kill the CMS under a stream of responses: is each acknowledged one there?
	@$(BIN)/python -m bench.comments_durability $(ARGS)

.PHONY: bench-comments-postgres
bench-comments-postgres: $(INSTALLED) ## The same on a PostgreSQL server of its own
	@$(BIN)/python -m scripts.postgres $(BIN)/python -m bench.comments_durability $(ARGS)

.PHONY: bench-spam
bench-spam: $(INSTALLED) ## Try our own spam checks on comments made by rule (ARGS="--texts FILE": on yours)
	@PYTHONPATH=backend $(BIN)/python -m bench.spam_checks $(ARGS)

.PHONY: clean
clean: ## Remove the environment and the caches; data in var/ stays
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find backend frontend scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
