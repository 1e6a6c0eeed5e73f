"""What all tests share."""

from __future__ import annotations

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile before tests are shared out, with every processor: each process of tests would compile for itself otherwise."""
    from reuse.preparing import is_prepared, prepare

    if not is_prepared():
        prepare()
