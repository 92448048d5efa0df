"""Calls recorded from a real Odoo: who asked what, and what came back."""

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
VERSIONS = (18, 19)
ROUTE = re.compile(r"/json/2/([a-z0-9_.]+)/([A-Za-z0-9_]+)")


@dataclass(frozen=True, kw_only=True)
class Captured:
    """One call and how that Odoo answered it: with a result, or with an error of that class.

    ``status`` is given for a call of ``/json/2``, whose named arguments are the keywords. Lines that hold an outcome
    only have neither model nor method; ``tests.contract.recorded.outcomes`` says what was asked.
    """

    name: str
    version: int
    user: str = "admin"
    model: str = ""
    method: str = ""
    args: list[Any] = field(default_factory=list)
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None
    error: str | None = None
    message: str = ""
    status: int | None = None
    request: Mapping[str, Any] | None = None

    @property
    def ids(self) -> list[int]:
        """The records the call is about."""
        named = self.kwargs.get("ids", []) if self.status is not None else self.args[:1]
        first = named[0] if named and self.status is None else named
        return [i for i in first if isinstance(i, int)] if isinstance(first, list) else []

    @property
    def subject(self) -> int | None:
        """The first record the call is about."""
        return self.ids[0] if self.ids else None

    def __str__(self) -> str:
        return self.name


@cache
def captures(version: int) -> Mapping[str, Captured]:
    """Every line that was recorded from this version, by name."""
    return read(DATA / f"odoo{version}.jsonl", version)


def read(path: Path, version: int) -> Mapping[str, Captured]:
    """The calls of one recording, by name."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return _numbered(parsed(line, version) for line in lines)


def _numbered(found: Iterable[Captured]) -> Mapping[str, Captured]:
    """A name that comes again is told apart by a number."""
    named: dict[str, Captured] = {}
    for call in found:
        name = call.name if call.name not in named else f"{call.name} ({len(named)})"
        named[name] = replace(call, name=name)
    return named


def parsed(line: Mapping[str, Any], version: int) -> Captured:
    """One line of a recording; unknown keys are passed over."""
    if "status" in line:
        return _posted(line, version)
    if "model" in line:
        return _called(line, version)
    return Captured(name=line.get("name", "?"), version=version, **_outcome(line))


def _called(line: Mapping[str, Any], version: int) -> Captured:
    return Captured(
        name=line.get("name", "?"),
        version=version,
        user=line.get("user") or "admin",
        model=line["model"],
        method=line["method"],
        args=list(line.get("args") or []),
        kwargs=dict(line.get("kwargs") or {}),
        **_answer(line.get("response") or {}),
    )


def _answer(response: Mapping[str, Any]) -> dict[str, Any]:
    if "error" not in response:
        return {"result": response.get("result")}
    told = response["error"].get("data") or response["error"]
    return {"error": told.get("name", ""), "message": told.get("message", "")}


def _posted(line: Mapping[str, Any], version: int) -> Captured:
    request, answer = line["request"], line.get("response")
    found = ROUTE.match(request["path"])
    model, method = found.groups() if found else ("", "")
    body = request.get("body")
    told = answer if isinstance(answer, dict) and line["status"] >= 400 else {}
    return Captured(
        name=line.get("name", "?"),
        version=version,
        user=line.get("user", "lab_agent"),
        model=model,
        method=method,
        kwargs=body if isinstance(body, dict) else {},
        result=answer,
        error=told.get("name"),
        message=told.get("message", ""),
        status=line["status"],
        request=request,
    )


def _outcome(line: Mapping[str, Any]) -> dict[str, Any]:
    if "exception" in line:
        told = line.get("data") or {}
        return {"error": told.get("name") or line["exception"], "message": told.get("message") or line.get("str", "")}
    if line.get("steps"):
        return {"result": line["steps"]}
    if "result" not in line:
        return {"result": {key: value for key, value in line.items() if key != "name"}}
    return {"result": _literal(line.get("result"))}


def _literal(text: Any) -> Any:
    """Outcomes were kept as Python prints them."""
    try:
        return ast.literal_eval(text) if isinstance(text, str) else text
    except (SyntaxError, ValueError):
        return text
