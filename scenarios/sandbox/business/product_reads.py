"""Reading products with a warehouse that is not there answers nothing at all, as in Odoo."""

from collections.abc import Sequence

from scenarios.sandbox import standard
from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.faults import MissingError
from scenarios.sandbox.registry import method, model_method

MODEL = "product.product"


@method(MODEL, "read")
def read(
    env: Env, ids: list[int], fields: Sequence[str] | None = None, load: str | None = "_classic_read"
) -> list[dict[str, Raw]]:
    return _known(env, ids, fields, load)


@model_method(MODEL, "search_read")
def search_read(
    env: Env,
    domain: Sequence[Raw] | None = None,
    fields: Sequence[str] | None = None,
    offset: int = 0,
    limit: int | None = None,
    order: str | None = None,
    load: str | None = "_classic_read",
    **more: Raw,
) -> list[dict[str, Raw]]:
    standard.refuse_more(more)
    return _known(env, env.search(MODEL, domain or [], order or "", limit, offset), fields, load)


def _known(env: Env, ids: list[int], fields: Sequence[str] | None, load: str | None) -> list[dict[str, Raw]]:
    try:
        rows: list[dict[str, Raw]] = standard.read(env, MODEL, ids, fields, load)
    except MissingError:
        return []
    return rows
