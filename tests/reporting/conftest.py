"""What the tests of the reporting room share."""

from __future__ import annotations

import pytest

from reuse.reporting.result import Result
from tests.reporting.report_sample import sample_result


@pytest.fixture
def result() -> Result:
    """A small result with every level and kind."""
    return sample_result()
