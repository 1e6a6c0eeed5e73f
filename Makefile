# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint quality fit bench bench-scale fuzz clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[all]'
	touch $@

$(VENV)/.test-installed: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group test
	touch $@

demo: $(VENV)/.installed
	$(BIN)/speech-reuse scan fixtures/speeches --out out/demo

test: lint
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

quality: $(VENV)/.test-installed
	$(BIN)/python -m tests.quality

fit: $(VENV)/.test-installed
	$(BIN)/python -m tests.quality.fitting

# Peers have an environment of their own: text-dedup wants an older rich and urllib3, and 1.2 GB with Spark.
PEERS ?= peers
.venv-peers/.$(PEERS)-installed: pyproject.toml
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --upgrade pip
	.venv-peers/bin/python -m pip install --quiet --group $(PEERS)
	touch $@

bench: $(VENV)/.test-installed .venv-peers/.$(PEERS)-installed
	$(BIN)/python -m tests.benchmarks.speed
	$(BIN)/python -m tests.benchmarks.reading
	$(BIN)/python -m tests.benchmarks.report
	$(BIN)/python -m tests.benchmarks.scale 10000 30000

bench-scale: $(VENV)/.test-installed
	$(BIN)/python -m tests.benchmarks.scale

fuzz: $(VENV)/.test-installed
	SPEECH_REUSE_FUZZ=20000 $(BIN)/python -m pytest tests/reading -k fuzz

clean:
	rm -rf $(VENV) .venv-peers out .mypy_cache .ruff_cache .pytest_cache .hypothesis
