"""The import rules of the design, read from the code itself."""

import ast
import re
import sys
from pathlib import Path

import pytest

from etabli import ORDRE

RACINE = Path(__file__).resolve().parents[2]
PIPELINE = sorted((RACINE / "hooks" / "etabli").glob("*.py"))
ENGINE = sorted((RACINE / "wasm" / "engine" / "etabli_engine").glob("*.py"))
WRITTEN = [*PIPELINE, *ENGINE, *sorted((RACINE / "wasm" / "web").glob("*.js")), RACINE / "wasm" / "build.py"]


def imports_of(path: Path) -> set[str]:
    """The modules that a file imports; those of its own package begin with a dot."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            found |= {f".{node.module}"} if node.module else {f".{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    return found


def test_the_order_names_every_module():
    assert sorted(ORDRE) == sorted(path.stem for path in PIPELINE if path.stem != "__init__")


@pytest.mark.parametrize("path", PIPELINE, ids=lambda p: p.stem)
def test_a_module_imports_only_what_stands_before_it(path):
    if path.stem == "__init__":
        return
    before = ORDRE[: ORDRE.index(path.stem)]
    used = {name[1:].split(".")[0] for name in imports_of(path) if name.startswith(".")}
    assert used - {"RACINE"} <= set(before)


def test_only_the_hook_knows_mkdocs():
    users = [
        p.name
        for p in sorted(RACINE.glob("**/*.py"))
        if not {".venv", "node_modules", "build"} & set(p.parts) and any(m.split(".")[0] == "mkdocs" for m in imports_of(p))
    ]
    assert users == ["mkdocs_events.py"]
    assert len((RACINE / "hooks" / "mkdocs_events.py").read_text(encoding="utf-8").splitlines()) < 120


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: p.stem)
def test_the_engine_imports_only_itself_and_the_standard_library(path):
    outside = {name.split(".")[0] for name in imports_of(path) if not name.startswith(".")} - {"etabli_engine"}
    assert outside <= set(sys.stdlib_module_names)
    assert not outside & {"time", "os", "socket", "urllib", "random"}
    assert not re.search(r"\b(now|today|open)\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: p.stem)
def test_the_engine_has_no_assert(path):
    """They are stripped from the bytecode that is shipped."""
    assert not [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda p: p.name)
def test_a_module_is_a_short_chapter_that_says_where_it_stands(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    if path.suffix == ".py" and text.strip():
        assert ast.get_docstring(ast.parse(text))
    elif path.suffix == ".js":
        assert text.lstrip().startswith("/*")


def test_no_utils():
    assert not [p for p in WRITTEN if p.stem in ("utils", "helpers", "misc")]
