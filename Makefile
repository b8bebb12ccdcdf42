# A thin wrapper: everything real is in riskpipe and its tests. `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
JAVA := $(firstword $(wildcard $(addsuffix /java,$(subst :, ,$(PATH)))))
# Without Java there is no Spark: its tests are skipped, and the last line says so.
ifdef JAVA
SPARK_ENV := .venv-spark/.installed
SAY_SPARK := :
else
SAY_SPARK := echo "没有 Java，未做 Spark 对照 / no Java here: the Spark check was NOT run"
endif
SCRATCH := $(CURDIR)/build/dagster
PIP := -m pip install --quiet --disable-pip-version-check
UV := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK)

.PHONY: help env demo test test-long test-spark bench bench-large ui lock clean

help:         ## list the targets
	@grep -E '^[a-z-]+: .*##' Makefile

env: .venv/.installed  ## make .venv from the lock

.venv/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	@echo "正在建立 .venv（下载约 300 MB，需一两分钟）/ making .venv, a minute or two"
	$(PYTHON) -m venv .venv
	$(BIN)/python $(PIP) --require-hashes -r requirements.txt
	$(BIN)/python $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

demo: env     ## a made-up city through the whole month: report, DuckDB file
	$(BIN)/riskpipe demo $(ARGS)

ui: env       ## the Dagster UI
	$(BIN)/riskpipe ui $(ARGS)

test: env $(SPARK_ENV)  ## everything that is checked: lint, types, tests, definitions, Spark
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile --benchmark-disable -m "not long"
	@mkdir -p "$(SCRATCH)" && printf 'telemetry:\n  enabled: false\n' > "$(SCRATCH)/dagster.yaml"
	DAGSTER_HOME="$(SCRATCH)" $(BIN)/dagster definitions validate
	@$(SAY_SPARK)

test-long: env  ## the long tests, by hand: large cities, ten kills
	$(BIN)/pytest -m long

test-spark: env $(SPARK_ENV)  ## every .sql on a local Spark against DuckDB, alone
	$(BIN)/pytest tests/spark -m "spark and not long"
	@$(SAY_SPARK)

.venv-spark/.installed: tests/spark/requirements.txt
	@echo "正在建立 .venv-spark（下载约 450 MB）/ making .venv-spark"
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/python $(PIP) --require-hashes -r tests/spark/requirements.txt
	@touch $@

bench: env    ## the table of speed ratios, up to ten minutes
	$(BIN)/python -m tests.benchmarks

bench-large: env  ## the same at full size, by hand
	$(BIN)/python -m tests.benchmarks --large

# Without the extra `spark`: where its client is installed, pandera imports it at every start.
lock:         ## write both locks anew from pyproject.toml (LOCK=--upgrade for newer versions)
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(PIP) uv
	$(UV) --extra test pyproject.toml -o requirements.txt
	$(UV) tests/spark/requirements.in -o tests/spark/requirements.txt

clean:        ## remove what was made, but no environment, delivery or issue
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks
