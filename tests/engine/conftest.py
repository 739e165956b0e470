"""Settings of the engine's tests, the same in CPython and in Pyodide: seeded examples, no time limit, nothing left on disk."""

import tempfile

from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

set_hypothesis_home_dir(tempfile.mkdtemp(prefix="hypothesis-"))
settings.register_profile("etabli", derandomize=True, database=None, deadline=None, max_examples=60)
settings.load_profile("etabli")
