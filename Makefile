# Two commands need nothing but Python 3.11 or later, git and make:
#   make demo    the whole site with an invented campaign; Ctrl-C stops it
#   make test    every test, on servers of its own
# The others are for those who change the code.

BIN := .venv/bin
WORKERS ?= 2
LOCK := uv pip compile --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --python-version 3.11 pyproject.toml

export ELECTORS REGISTERS

.PHONY: setup demo test check format lock bench clean

setup: .venv/installed ## build the environment in .venv

demo: setup ## PORT=8001 NOW=2024-05-02T17:40 ELECTORS=2018546
	@$(BIN)/python manage.py demo $(if $(PORT),--port $(PORT)) \
		$(if $(NOW),--now $(NOW)) $(if $(ELECTORS),--electors $(ELECTORS))

test: setup ## WORKERS=2
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal

# mypy and the deployment checks read the settings, and never the servers named here.
check: export DATABASE_URL = postgresql:///not-used-by-checks
check: export REDIS_URL = redis://not-used-by-checks
check: setup ## all that can be known without running the product
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	env -u DATABASE_URL -u REDIS_URL $(BIN)/python manage.py makemigrations --check
	SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
		ALLOWED_HOSTS=committee-room.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING \
		--settings config.settings.base
	env -u DATABASE_URL -u REDIS_URL $(BIN)/pytest -q tests/house

format: setup ## put the code in its house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## after a change of dependencies in pyproject.toml; needs uv
	$(LOCK) --output-file requirements/base.lock
	$(LOCK) --extra embedded --extra dev --output-file requirements/dev.lock
	! grep :// requirements/*.lock

bench: setup ## ELECTORS=200000 is the quick one; REGISTERS=DIR takes files of yours
	$(BIN)/python -m bench

clean: ## remove the environment and every database and file of the demo and the tests
	rm -rf $$(readlink -f .local/*) .local .venv static_collected .*_cache

.venv/installed: requirements/dev.lock
	@for python in python3 python3.14 python3.13 python3.12 python3.11 none; do \
		$$python -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>&- && break; \
	done; \
	if [ $$python = none ]; then \
		echo "Committee Room needs Python 3.11 or later; here is" \
			"$$(python3 --version 2>&1 || echo none)." >&2; exit 1; \
	fi; \
	$(BIN)/python -c "" 2>&- || { \
		echo "Building the environment in .venv with $$($$python --version)"; \
		$$python -m venv --clear .venv; \
	}
	@if uv --version >/dev/null 2>&1; then \
		uv pip sync --quiet --python $(BIN)/python --require-hashes $<; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check \
			--require-hashes --requirement $<; \
	fi
	@echo "$(CURDIR)" > "$$($(BIN)/python -c \
		"import sysconfig; print(sysconfig.get_path('purelib'))")/committee_room.pth"
	@touch $@
