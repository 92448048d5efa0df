"""There is one way to write to Odoo: the source itself is read to make sure."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ABOVE = ("agents", "desk", "graphs", "guardrails", "inbox", "memory", "tools")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in ABOVE:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def naming(name: str) -> set[str]:
    """The files that call something of that name."""
    return {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    }


def importing(module: str) -> set[str]:
    """The files that import from that module."""
    return {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module == module)
        or (isinstance(node, ast.Import) and module in {alias.name for alias in node.names})
    }


def test_only_a_session_makes_a_write_handle() -> None:
    assert naming("Writer") == {"tools/session.py"}


def test_only_the_gateway_makes_a_session() -> None:
    assert naming("Session") & {path for path, _ in sources() if path.startswith("tools/")} == {"tools/gateway.py"}


def test_only_one_module_speaks_odoorpc() -> None:
    assert importing("odoorpc") == {"tools/transports/jsonrpc.py"}


def test_only_one_module_speaks_to_odoo_through_httpx() -> None:
    assert importing("httpx") == {"tools/transports/json2_wire.py"}


def test_a_write_handle_is_not_known_outside_the_tools() -> None:
    known = importing("tools.writer") | importing("tools.session")

    assert {path for path in known if not path.startswith("tools/")} == set()
