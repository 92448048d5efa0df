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

LARGEST = 256 * 1024
"""Bytes of a file; the usual policy has 8,000."""


@dataclass(frozen=True)
class Sheet:
    """Good TOML, not judged yet."""

    spelt: Mapping[str, object]
    """Floats as exact decimals."""
    lines: LineIndex


def read_sheet(file: File) -> Sheet | Problem:
    """What the file spells, or why nobody can tell."""
    try:
        given = _bytes(file)
        if len(given) > LARGEST:
            return _whole(f"the file is longer than {LARGEST // 1024} kB; nobody could look it over")
        text = given.decode("utf-8")
        return Sheet(tomllib.loads(text, parse_float=Decimal), index_lines(text.replace("\r\n", "\n")))
    except OSError as error:
        return _whole(f"the file cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(line=line, path="", message="the file is not UTF-8 text; save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _bad_toml(text, error)
    except ValueError:
        return _whole('a number in it has more digits than can be read; amounts are written as "500 GBP"')
    except RecursionError:
        return _whole("its values are nested too deeply to be read")


def problem(lines: LineIndex, path: Path, message: str, *, warns: bool = False) -> Problem:
    """What is wrong with the value at a path, by its line."""
    severity: Literal["error", "warning"] = "warning" if warns else "error"
    return Problem(line=lines.line(path), path=spelled(path), message=message, severity=severity)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By line, those of the whole file first."""
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _bytes(file: File) -> bytes:
    """The file as it lies there, and no more of it than shows that it is too long; raises OSError."""
    if not (file.is_file() or file.is_dir()) and file.exists():
        raise OSError("it is no plain file")
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _whole(message: str) -> Problem:
    """What is wrong with the file as a whole."""
    return Problem(line=None, path="", message=message)


def _bad_toml(text: str, error: tomllib.TOMLDecodeError) -> Problem:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
    line = place[1] if place else None
    message = str(error)[: place.start()] if place else str(error)
    return Problem(line=int(line) if line else text.count("\n") + 1, path="", message=f"not good TOML: {message}")
