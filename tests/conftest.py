"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile(
    "untimed", deadline=None
)  # speed is measured in `benchmarks`, and a first call compiles
settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile before tests are shared out, with every processor: each process of tests would compile for itself otherwise."""
    from reuse.preparing import is_prepared, prepare

    if not is_prepared():
        print("compiling, this once, about a minute", flush=True)
        prepare()
