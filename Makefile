# Everything a person working on Kehu runs. `make check` is what CI runs.
PYTHON ?= python
WORKERS ?= 2

.PHONY: install check lint types floors test long format docs front-end package

install:          ## an editable install with everything the tests need
	$(PYTHON) -m pip install -q -e '.[test]'

check: lint types floors test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

floors:           ## imports go down only (see pyproject.toml, [tool.importlinter])
	$(PYTHON) -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'

test:
	$(PYTHON) -c 'import sys, pytest; sys.exit(pytest.main())' -n $(WORKERS) -q

long:             ## the suites that take many minutes: kills, comparisons of thousands of steps
	$(PYTHON) -c 'import sys, pytest; sys.exit(pytest.main())' -m long -q

format:
	$(PYTHON) -m ruff check --fix -q .
	$(PYTHON) -m ruff format -q .

docs:             ## write the generated tables of the documentation anew
	$(PYTHON) docs/reference.py

front-end:        ## fetch the third-party JavaScript and icons again
	$(PYTHON) build_backend/front_end.py

package:          ## sdist and wheel in dist/
	$(PYTHON) -m pip wheel -q --no-deps -w dist .
