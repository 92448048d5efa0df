"""Records are put aside and taken out again, where their model knows such a thing."""

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import BrokenAssertion
from scenarios.sandbox.registry import method


@method("*", "action_archive")
def action_archive(env: Env, model: str, ids: list[int]) -> None:
    _put(env, model, ids, active=False)


@method("*", "action_unarchive")
def action_unarchive(env: Env, model: str, ids: list[int]) -> None:
    _put(env, model, ids, active=True)


@method("*", "toggle_active")
def toggle_active(env: Env, model: str, ids: list[int]) -> None:
    """Each the other way round."""
    _refuse_without(env, model)
    for row in env.rows(model, ids):
        env.write(model, [row["id"]], {"active": not row["active"]})


def _put(env: Env, model: str, ids: list[int], *, active: bool) -> None:
    _refuse_without(env, model)
    other = [row["id"] for row in env.rows(model, ids) if row["active"] is not active]
    if other:
        env.write(model, other, {"active": active})


def _refuse_without(env: Env, model: str) -> None:
    if "active" not in env.engine.model(model).fields:
        raise BrokenAssertion(f"No 'active' field on model {model}")
