"""The scheduler: what rules that order by themselves are short of is ordered, and what can be reserved is."""

from typing import Any

from scenarios.sandbox.business import orderpoints, reservation
from scenarios.sandbox.business.finding import find
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import SandboxFault
from scenarios.sandbox.registry import model_method

WAITING = ["confirmed", "partially_available"]


@model_method("procurement.group", "run_scheduler")
def run_scheduler(env: Env, use_new_cursor: bool = False, company_id: int | bool = False) -> dict[str, Any]:  # noqa: ARG001
    """Answers with an empty action whatever came of it; a rule that nobody can supply holds nothing up."""
    own = [("company_id", "=", company_id)] if company_id else []
    for rule in find(env, orderpoints.MODEL, [("trigger", "=", "auto"), *own]):
        point = env.engine.savepoint()
        try:
            orderpoints.replenish(env, [rule["id"]])
        except SandboxFault:
            env.engine.roll_back_to(point)
    moves = find(env, "stock.move", [("state", "in", WAITING), *own])
    reservation.assign(env, [move["id"] for move in moves])
    return {}


@model_method("stock.rule", "run_scheduler")
def run_by_rules(env: Env, use_new_cursor: bool = False, company_id: int | bool = False) -> dict[str, Any]:
    """The same, where the scheduler belongs to the rules."""
    done: dict[str, Any] = run_scheduler(env, use_new_cursor, company_id)
    return done
