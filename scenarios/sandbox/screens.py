"""What the web client asks for its screens: records with what they lead to, as deep as it wants to see."""

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.sandbox import standard
from scenarios.sandbox.env import Env
from scenarios.sandbox.fields import Field
from scenarios.sandbox.registry import method, model_method

Specification = Mapping[str, Mapping[str, Any]]
"""Field to what is wanted of the records at its other end, under ``fields``."""


@method("*", "web_read")
def web_read(env: Env, model: str, ids: list[int], specification: Specification) -> list[dict[str, Any]]:
    """The records that are there; a link is an id unless fields at its other end are asked for."""
    rows = standard.read(env, model, ids, [name for name in specification if name != "id"] or ["id"], None)
    fields = env.engine.model(model).fields
    return [
        {
            "id": row["id"],
            **{name: _seen(env, fields[name], row[name], specification[name]) for name in row if name != "id"},
        }
        for row in rows
    ]


@model_method("*", "web_search_read")
def web_search_read(
    env: Env,
    model: str,
    domain: Sequence[Any],
    specification: Specification,
    offset: int = 0,
    limit: int | None = None,
    order: str | None = None,
    count_limit: int | None = None,
) -> dict[str, Any]:
    """A page of records, and how many there are in all."""
    found = env.search(model, domain, order or "")
    page = found[offset : offset + limit if limit else None]
    length = min(len(found), count_limit) if count_limit else len(found)
    return {"length": length, "records": web_read(env, model, page, specification)}


def _seen(env: Env, field: Field, value: Any, wanted: Mapping[str, Any]) -> Any:
    if "fields" not in wanted or not field.relation:
        return value
    if isinstance(value, list):
        return web_read(env, field.relation, value[: wanted.get("limit")], wanted["fields"])
    return web_read(env, field.relation, [value], wanted["fields"])[0] if value else False


@model_method("*", "search_fetch")
def search_fetch(
    env: Env,
    model: str,
    domain: Sequence[Any],
    field_names: Sequence[str],  # noqa: ARG001
    offset: int = 0,
    limit: int | None = None,
    order: str | None = None,
) -> list[int]:
    """A search that reads ahead; what a caller from outside sees of it is the ids."""
    return env.search(model, domain, order or "", limit, offset)


@method("*", "browse")
def browse(_env: Env, model: str, _ids: list[int]) -> str:
    """Records as Python prints them: nothing of use to a caller from outside, and nothing refused; ids are lost."""
    return f"{model}()"
