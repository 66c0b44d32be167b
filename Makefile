# The two commands that matter: `make run` and `make test`. README.md says the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.locked
# Enough of an environment for tools that read the settings without using a service.
NO_SERVICES := DEMO=1 SECRET_KEY=only-for-tools-that-read-the-settings-and-never-for-a-site \
	DATABASE_URL=postgres://nobody@localhost/nothing REDIS_URL=redis://localhost EMAIL_URL=smtp://localhost

.DEFAULT_GOAL := help
.PHONY: help run dev test test-nobrowser lint lock rows migrations

help: ## Say what can be done
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(STAMP): requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@UV_PYTHON_DOWNLOADS=never $(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

run: $(STAMP) ## Start the whole site with a demo community
	@exec $(BIN)/python manage.py run

dev: $(STAMP) ## The same with DEBUG and reload on change
	@exec $(BIN)/python manage.py run --dev

test: $(STAMP) lint ## Run every check and every test
	@$(BIN)/python -m pytest -n 2 --dist worksteal

test-nobrowser: $(STAMP) lint ## The same without the browser tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"

lint: $(STAMP) ## ruff, mypy, djade and the import floors
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(NO_SERVICES) $(BIN)/mypy --no-error-summary .
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	@$(NO_SERVICES) $(BIN)/lint-imports --no-logo

lock: $(STAMP) ## Resolve pyproject.toml into the two locks anew
	@$(UV) pip compile --quiet pyproject.toml --universal --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -o requirements.lock
	@$(UV) pip compile --quiet pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -o requirements-dev.lock

migrations: $(STAMP) ## Write the migrations that the models ask for
	@$(NO_SERVICES) $(BIN)/python -W ignore manage.py makemigrations

rows: $(STAMP) ## Show each feature row with its tests
	@$(BIN)/python -m tests.rows
