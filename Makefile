# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint quality fit bench fuzz clean

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
	$(BIN)/python -m pytest

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

quality: $(VENV)/.test-installed
	$(BIN)/python -m tests.quality

fit: $(VENV)/.test-installed
	$(BIN)/python -m tests.quality.fitting

bench: $(VENV)/.test-installed
	$(BIN)/python -m pip install --quiet --group peers
	$(BIN)/python -m tests.benchmarks.speed
	$(BIN)/python -m tests.benchmarks.reading

fuzz: $(VENV)/.test-installed
	SPEECH_REUSE_FUZZ=20000 $(BIN)/python -m pytest tests/reading -k fuzz

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
