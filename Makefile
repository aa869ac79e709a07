# Every command sets up first what it needs; the second time, that takes no time.
# ARGS go on to the command: make test ARGS="tests/comments -k receipt"

PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PYTHON := $(shell for each in $(PYTHONS); do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)

.PHONY: run test dev check bench seeds lock setup

run test dev check bench seeds: setup
	@exec .venv/bin/python -m deploy.local $@ $(ARGS)

# Pins every package anew, after a change in pyproject.toml (ARGS=--upgrade: to its newest version).
lock: setup
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--group dev pyproject.toml --output-file requirements.lock $(ARGS)

setup:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and this machine has none." >&2; exit 1; }
	@$(PYTHON) deploy/bootstrap.py
