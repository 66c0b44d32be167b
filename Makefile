# The two commands that matter: `make run` and `make test`. README.md says the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.locked
BROWSERS := chromium-headless-shell chromium chromium-browser google-chrome
# Enough of an environment for tools that read the settings without using a service.
NO_SERVICES := DEMO=1 SECRET_KEY=only-for-tools-that-read-the-settings-and-never-for-a-site \
	DATABASE_URL=postgres://nobody@localhost/nothing REDIS_URL=redis://localhost EMAIL_URL=smtp://localhost

.DEFAULT_GOAL := help
.PHONY: help run dev test test-nobrowser browser lint lock rows migrations

help: ## Say what can be done
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Concentric needs Python 3.11 or newer with its venv module (Debian: apt install python3-venv);" \
			"'$(PYTHON)' is not that. Name another one with PYTHON=…" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing what requirements-dev.lock names …" >&2
	@test -x $(UV) || $(BIN)/python -m pip install -qq --disable-pip-version-check uv==0.13.9 || true
	@UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=true $(UV) pip sync --quiet --python $(BIN)/python --require-hashes \
		requirements-dev.lock 2>/dev/null \
		|| $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(STAMP) ## Start the whole site with a demo community (PORT=8100 make run)
	@exec $(BIN)/python manage.py run

dev: $(STAMP) ## The same with tracebacks and reload on change
	@exec $(BIN)/python manage.py run --dev

# The tests start many processes: let Python keep what it has compiled, whatever the environment says.
test: $(STAMP) browser lint ## Run every check and every test
	@PYTHONDONTWRITEBYTECODE= exec $(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

test-nobrowser: $(STAMP) lint ## The same without the browser tests
	@PYTHONDONTWRITEBYTECODE= exec $(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser" $(ARGS)

browser: ## Find a Chromium for the tests, or install one when root
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests …" >&2; \
		{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
			chromium-headless-shell fonts-liberation; } </dev/null >/dev/null && exit 0; \
	fi; \
	echo "No Chromium was found for the browser tests. Install one (Debian: apt install chromium-headless-shell)," \
		"or run 'make test-nobrowser', which leaves these tests out." >&2; exit 1

lint: $(STAMP) ## ruff, mypy, djade and the import floors
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(NO_SERVICES) $(BIN)/python -m mypy --no-error-summary .
	@find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	@$(NO_SERVICES) $(BIN)/lint-imports --no-logo

lock: $(STAMP) ## Resolve pyproject.toml into the two locks anew (ARGS=--upgrade takes newer releases)
	@$(UV) pip compile --quiet pyproject.toml --universal --generate-hashes --no-emit-index-url $(ARGS) \
		--custom-compile-command "make lock" -o requirements.lock
	@$(UV) pip compile --quiet pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url $(ARGS) \
		--custom-compile-command "make lock" -o requirements-dev.lock

migrations: $(STAMP) ## Write the migrations that the models ask for
	@$(NO_SERVICES) $(BIN)/python -W ignore manage.py makemigrations

screenshots: $(STAMP) ## Take a picture of every page, on a phone and a desk, light and dark, into var/screenshots
	@$(BIN)/python -m pytest -q tests/screenshots.py

rows: $(STAMP) ## Show each feature row with its tests
	@$(NO_SERVICES) $(BIN)/python -m tests.rows
