"""What several tests of the pipeline begin with."""

import shutil

import pytest

from .test_wrong import TESTS


@pytest.fixture
def data(tmp_path):
    """A copy of the sample, to be changed at will."""
    folder = tmp_path / "data"
    shutil.copytree(TESTS / "sample" / "data", folder)
    return folder
