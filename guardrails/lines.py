"""Where in a policy file a value stands, so that every message can name its line."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""Keys and positions from the top: ``("rule", 2, "max_amount")``."""

ENDS = ("]", "}", '"""', "'''")
"""One of these stands in the last line of a statement of several lines."""
MOST_TRIES = 100


@dataclass(frozen=True)
class LineIndex:
    """Line numbers of tables and keys, counted from 1."""

    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """The line of a path, or of the nearest thing around it; None outside of every line."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def index_lines(text: str) -> LineIndex:
    """Find the lines of a text that is known to be good TOML."""
    lines: dict[Path, int] = {}
    opened: dict[Path, int] = {}
    table: Path = ()
    for number, statement in _statements(text):
        found = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _resolved(opened, _keys(found), opens=statement.lstrip().startswith("[["))
            for length in range(1, len(table) + 1):
                lines.setdefault(table[:length], number)
        else:
            for path in _paths(found):
                lines.setdefault((*table, *path), number)
    return LineIndex(lines)


def spelled(path: Path) -> str:
    """``rule[2].max_amount``, as a person would write it."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with its first line: lines are added until they make good TOML by themselves.

    Whatever follows a statement that does not end in so many tries is left out: its lines are not worth the time.
    """
    begun, first, tries = "", 1, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if begun and not any(end in line for end in ENDS):
            begun += line + "\n"
            continue
        first, tries = (first, tries + 1) if begun else (number, 0)
        begun += line + "\n"
        if _is_whole(begun):
            yield first, begun
            begun = ""
        elif tries == MOST_TRIES:
            return


def _is_whole(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _keys(found: object) -> Path:
    """The keys of a table header, which parses to a single nest of empty tables."""
    if isinstance(found, list):
        return _keys(found[0])
    if isinstance(found, dict) and found:
        key, inner = next(iter(found.items()))
        return (str(key), *_keys(inner))
    return ()


def _resolved(opened: dict[Path, int], keys: Path, *, opens: bool) -> Path:
    """A header's path with positions: ``[[rule]]`` opens the next rule, ``[rule.x]`` belongs to the newest.

    ``opened`` counts what was opened under each path.
    """
    path: Path = ()
    for depth, key in enumerate(keys, start=1):
        path = (*path, key)
        count = opened.get(path, 0)
        if opens and depth == len(keys):
            opened[path] = count + 1
            return (*path, count)
        path = (*path, count - 1) if count else path
    return path


def _paths(found: object) -> Iterator[Path]:
    """Every path inside a statement."""
    if isinstance(found, dict):
        for key, inner in found.items():
            yield (str(key),)
            yield from ((str(key), *rest) for rest in _paths(inner))
