"""Files of rules and terms, read from TOML: what they spell, on which line each value stands, and what is wrong."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as File
from typing import Literal

from guardrails.errors import Problem
from guardrails.lines import LineIndex, Path, index_lines, spelled


@dataclass(frozen=True)
class Sheet:
    """Good TOML, not judged yet."""

    spelt: Mapping[str, object]
    """Floats as exact decimals."""
    lines: LineIndex


def read_sheet(file: File) -> Sheet | Problem:
    """What the file spells, or why nobody can tell."""
    try:
        text = file.read_bytes().decode("utf-8")
        return Sheet(tomllib.loads(text, parse_float=Decimal), index_lines(text.replace("\r\n", "\n")))
    except OSError as error:
        return Problem(line=None, path="", message=f"the file cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(line=line, path="", message="the file is not UTF-8 text; save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _bad_toml(text, error)


def problem(lines: LineIndex, path: Path, message: str, *, warns: bool = False) -> Problem:
    """What is wrong with the value at a path, by its line."""
    severity: Literal["error", "warning"] = "warning" if warns else "error"
    return Problem(line=lines.line(path), path=spelled(path), message=message, severity=severity)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By line, those of the whole file first."""
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _bad_toml(text: str, error: tomllib.TOMLDecodeError) -> Problem:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
    line = place[1] if place else None
    message = str(error)[: place.start()] if place else str(error)
    return Problem(line=int(line) if line else text.count("\n") + 1, path="", message=f"not good TOML: {message}")
