"""No module needs itself, however long the way round: one can be read, tested and moved without all the others."""

import ast
from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("agents", "benchmarks", "desk", "domain", "graphs", "guardrails", "inbox", "memory", "scenarios", "tools")


def modules(root: Path) -> dict[str, Path]:
    """Dotted names of everything in our packages."""
    found = (path for package in PACKAGES for path in (root / package).rglob("*.py"))
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in found}


def imports(root: Path) -> dict[str, set[str]]:
    """Module to the modules of ours that it names in an import: inside functions and for types only, too."""
    ours = modules(root)
    return {name: set(ours).intersection(named(path, name, ours)) - {name} for name, path in ours.items()}


def named(path: Path, module: str, ours: Collection[str]) -> Iterator[str]:
    """What the module asks for; a package stands for itself only where the name is no module of it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(node, path, module)
            inner = (f"{source}.{alias.name}" for alias in node.names)
            yield from (name if name in ours else source for name in inner)


def absolute(node: ast.ImportFrom, path: Path, module: str) -> str:
    """Where an import looks, its leading dots followed."""
    if not node.level:
        return node.module or ""
    above = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    return ".".join([*above[: len(above) - node.level + 1], *([node.module] if node.module else [])])


def circle(needs: Mapping[str, set[str]]) -> list[str]:
    """One circle, each module before the one that imports it; empty when there is none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def tree(root: Path, **files: str) -> Path:
    """A tree of our packages with these files in ``scenarios``."""
    (root / "scenarios").mkdir()
    for name, text in {"__init__": "", **files}.items():
        (root / "scenarios" / f"{name}.py").write_text(text)
    return root


def test_every_package_is_walked() -> None:
    walked = imports(ROOT)

    assert {name.partition(".")[0] for name in walked} == set(PACKAGES)
    assert "scenarios.sandbox.env" in walked["scenarios.sandbox.registry"]
    assert "scenarios.sandbox.business.uom" in walked["scenarios.sandbox.business"]


def test_no_import_leads_back_to_where_it_began() -> None:
    assert circle(imports(ROOT)) == []


@pytest.mark.parametrize(
    "back",
    [
        "import scenarios.one",
        "from scenarios.one import name",
        "from scenarios import one",
        "from . import one",
        "from .one import name",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from scenarios.one import name",
        "def late() -> None:\n    from scenarios.one import name",
    ],
)
def test_a_way_back_is_found_however_it_is_written(tmp_path: Path, back: str) -> None:
    root = tree(tmp_path, one="from scenarios.two import name", two=back)

    assert set(circle(imports(root))) == {"scenarios.one", "scenarios.two"}


def test_a_package_that_lists_its_modules_is_no_circle(tmp_path: Path) -> None:
    root = tree(tmp_path, __init__="from scenarios import one, two", one="", two="from scenarios import one")

    assert circle(imports(root)) == []


def test_a_name_taken_from_the_package_itself_leads_back_to_it(tmp_path: Path) -> None:
    root = tree(tmp_path, __init__="from scenarios import one\nname = 1", one="from scenarios import name")

    assert set(circle(imports(root))) == {"scenarios", "scenarios.one"}
