# Two commands do everything on a machine with Python 3.11 or later and make:
#   make run    set up, run the main job against the software that comes with ikeur, print the summary
#   make test   set up, run all checks and tests
PYTHON ?= python3
SECONDS ?= 600
COUNT ?= 100
SEED ?= 1
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# One more than there are processors, as many tests wait for software; who is done takes from others.
WORKERS := $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')
# Where modules are not kept compiled, each process that a test starts compiles all of ikeur again.
TESTS := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.PHONY: run test plain check format schemas pools docs bench bench-publish long fuzz mutation faithful volume rules retour defects facts mailbox guides causes package release whole clean
.DEFAULT_GOAL := test

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

run: $(READY)
	$(BIN)/ikeur run --reference

test: check
	$(TESTS)

# All tests without the fast paths: the plain ones do all the work.
plain: $(READY)
	IKEUR_FAST=off $(TESTS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The XSDs and the pools are checked in; these make them anew from the tables and from Faker.
schemas: $(READY)
	$(BIN)/python -m schemas.xml.xsd_build

pools: $(READY)
	$(BIN)/python -m generators.values.pools_build

# The documentation as a site in site/, with the reference made from the tables; a broken link fails.
docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

BENCH := $(BIN)/python -m pytest tests/bench -o addopts= --benchmark-only --benchmark-columns=median,iqr,rounds

bench: $(READY)
	$(BENCH)

# Measures as `bench` does, and writes the figures into docs/performance.md.
bench-publish: $(READY)
	IKEUR_BENCH_PUBLISH=1 $(BENCH)

# What a run costs per case at growing counts, all included; writes that into docs/performance.md.
whole: $(READY)
	$(BIN)/python -m tests.bench.whole_run

# The tests that take too long for every run.
long: $(READY)
	$(TESTS) -m long

# The time is divided over the fuzz targets; what one of them finds is printed as its call.
fuzz: $(READY)
	IKEUR_FUZZ_SECONDS=$(SECONDS) $(BIN)/python -m pytest tests/fuzz -m fuzz -vv

# Every fault of the catalogue must be caught, at its own field; writes docs/fault-catalogue.md.
mutation: $(READY)
	$(BIN)/python -m tests.mutation.run

# Converters that are right must get no finding, in 20,000 messages each.
faithful: $(READY)
	$(BIN)/python -m tests.mutation.faithful

# What a million cases take in memory, what a second worker gives, and a run that is killed.
volume: $(READY)
	$(BIN)/python -m tests.volume.measure

# Generated messages must break no business rule, in 50,000 messages and more.
rules: $(READY)
	$(BIN)/python -m tests.schemas.rules.many

# The reference must answer 5,000 inputs of every kind without a finding.
retour: $(READY)
	$(BIN)/python -m tests.harness.suites.retour.many_answers

# Every message with a defect of every type gives the findings of its manifest, and nothing else.
defects: $(READY)
	$(BIN)/python -m tests.harness.defects.all_defects

# One fact of the tables is changed at a time, COUNT in all and of each kind in turn: a test must notice.
facts: $(READY)
	$(BIN)/python -m tests.facts.run --count $(COUNT) --seed $(SEED)

# An audit of 100,000 synthetic files must find every seeded fault and nothing else, in constant memory.
mailbox: $(READY)
	$(BIN)/python -m tests.harness.mailbox.measure

# One to three faults of the catalogue in one converter must give at most one cause more; writes docs/causes.md.
# KEPT keeps the journals of the runs, which are not run again.
causes: $(READY)
	$(BIN)/python -m tests.causes.run $(KEPT)

# Follows the guides where nothing is installed: a clone of the last commit, and an environment of its own.
guides: $(READY)
	IKEUR_GUIDES_CLEAN=1 $(BIN)/python -m pytest tests/guides -v -m ''

# Builds what is distributed, and installs it in an empty environment of each Python that is there.
package: $(READY)
	$(BIN)/python -m tests.package.install

# Dates the changes as a release of VERSION, and writes its notes to dist/notes.md.
release: $(READY)
	$(BIN)/python -m tests.package.release $(VERSION)

clean:
	rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache .benchmarks
