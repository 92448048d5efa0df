"""What users may ask of their own rights, groups and settings."""

from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessError, BrokenAssertion, WrongArguments
from scenarios.sandbox.people import access, groups
from scenarios.sandbox.registry import method, model_method


@model_method("*", "check_access_rights")
def check_access_rights(env: Env, model: str, operation: str, raise_exception: bool = True) -> bool | None:
    """Whether the user may, or nothing where the answer would otherwise be an error."""
    _refuse_operation(operation)
    if raise_exception:
        access.check_model(env, model, operation)
        return None
    return access.may(env, model, operation)


@method("*", "has_access")
def has_access(env: Env, model: str, ids: list[int], operation: str) -> bool:
    _refuse_operation(operation)
    return access.may(env, model, operation) and len(access.visible(env, model, ids)) == len(set(ids))


@method("*", "check_access")
def check_access(env: Env, model: str, ids: list[int], operation: str) -> None:
    """Nothing, or the error that an operation on these records would be."""
    _refuse_operation(operation)
    access.check_model(env, model, operation)
    access.check(env, model, operation, ids)


def _refuse_operation(operation: str) -> None:
    if operation not in access.LETTERS:
        raise BrokenAssertion("Invalid access mode")


@method("res.users", "has_group")
def has_group(env: Env, ids: list[int], group_ext_id: str) -> bool:
    """Whether one user is in a group; whoever is no employee may only ask about themselves."""
    if len(ids) != 1:
        raise WrongArguments("Users.has_group() wants exactly one user")
    if ids[0] != env.uid and not env.has_group(groups.USER):
        raise AccessError("You can ony call user.has_group() with your current user.")
    return access.has_group(env, ids[0], group_ext_id)


@model_method("res.users", "context_get")
def context_get(env: Env) -> dict[str, Any]:
    user = env.sudo().row("res.users", env.uid)
    return {"lang": user["lang"] or "en_US", "tz": user["tz"] or "UTC", "uid": env.uid}
