"""Settings of the engine's tests: seeded examples, no time limit, nothing left on disk.

The same in CPython and in Pyodide, but for the number of cases of the fuzzing: Pyodide is several times slower.
"""

import sys
import tempfile

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

set_hypothesis_home_dir(tempfile.mkdtemp(prefix="hypothesis-"))
settings.register_profile("etabli", derandomize=True, database=None, deadline=None, max_examples=60)
settings.register_profile(
    "aleas",
    settings.get_profile("etabli"),
    max_examples=400 if sys.platform == "emscripten" else 10_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("etabli")
