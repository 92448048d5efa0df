"""What each group of ``read_group`` is called, and which domain finds its records again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scenarios.sandbox import reading
from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.fields import Field
from scenarios.sandbox.searches import grains


class By(NamedTuple):
    """One field to group by; dates with how much of them."""

    spec: str
    field: Field
    grain: str


class Heading(NamedTuple):
    """What stands for one value of a field: as shown, as a domain, and for dates from when to when."""

    shown: Any
    terms: list[Any]
    bounds: dict[str, str] | None


def headings(env: Env, by: By, values: Iterable[Raw]) -> dict[Raw, Heading]:
    """Each value's heading; names are looked up for all of them at once."""
    if by.grain:
        return {value: _period(env, by, value) if value else _plain(by, value) for value in values}
    if by.field.type == "many2one":
        links = set(values)
        described = env.engine.model(by.field.relation)
        names = reading.columns(env.sudo(), described, [v for v in links if v], ["display_name"])["display_name"]
        return {v: _plain(by, v, [v, names[v]] if v else v) for v in links}
    return {value: _plain(by, value, list(value) if isinstance(value, tuple) else value) for value in values}


def _period(env: Env, by: By, begins: Any) -> Heading:
    bounds = {
        "from": grains.boundary(env, by.field, begins),
        "to": grains.boundary(env, by.field, grains.end(by.grain, begins)),
    }
    name = by.field.name
    terms = ["&", [name, ">=", bounds["from"]], [name, "<", bounds["to"]]]
    return Heading(grains.label(by.grain, begins), terms, bounds)


def _plain(by: By, value: Raw, shown: Any = False) -> Heading:
    return Heading(shown, [[by.field.name, "=", list(value) if isinstance(value, tuple) else value]], None)


def named(by: Sequence[By], each: Sequence[Heading]) -> dict[str, Any]:
    """The members of an answer that say which group it is."""
    return {b.spec: heading.shown for b, heading in zip(by, each, strict=True)}


def found_again(domain: list[Any], by: Sequence[By], each: Sequence[Heading]) -> dict[str, Any]:
    """The members of an answer that lead to its records; the domain is the caller's own, in full prefix notation."""
    parts = ([domain] if domain else []) + [heading.terms for heading in each]
    joined: list[Any] = ["&"] * (len(parts) - 1)
    for part in parts:
        joined.extend(part)
    ranges: Mapping[str, Any] = {b.spec: h.bounds for b, h in zip(by, each, strict=True) if h.bounds}
    return {"__domain": joined, "__range": ranges} if ranges else {"__domain": joined}


def written_out(domain: Sequence[Any]) -> list[Any]:
    """The same domain with every *and* written out."""
    wanted = 1
    out: list[Any] = []
    for term in domain:
        if wanted == 0:
            out.insert(0, "&")
            wanted = 1
        out.append(term)
        wanted += {"&": 1, "|": 1, "!": 0}.get(term, -1) if isinstance(term, str) else -1
    return out
