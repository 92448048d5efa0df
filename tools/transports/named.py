"""Gives arguments the names that Odoo's ``/json/2`` wants: it takes no argument by its place."""

import re
from collections.abc import Mapping

from domain.calls import Call
from domain.faults import ServerBug
from domain.values import Json, Row

OF_RECORDS: Mapping[str, tuple[str, ...]] = {
    "action_assign": (),
    "action_cancel": (),
    "action_confirm": (),
    "action_feedback": ("feedback", "attachment_ids"),
    "action_lock": (),
    "action_unlock": (),
    "activity_schedule": ("act_type_xmlid", "date_deadline", "summary", "note"),
    "button_approve": ("force",),
    "button_cancel": (),
    "button_confirm": (),
    "button_draft": (),
    "button_lock": (),
    "button_unlock": (),
    "button_validate": (),
    "do_unreserve": (),
    "has_access": ("operation",),
    "has_group": ("group_ext_id",),
    "message_post": (),
    "read": ("fields", "load"),
    "unlink": (),
    "write": ("vals",),
}
"""Methods of records, which are named first: what stands behind the ids, in its order."""

OF_MODELS: Mapping[str, tuple[str, ...]] = {
    "check_access_rights": ("operation", "raise_exception"),
    "check_object_reference": ("module", "xml_id", "raise_on_access_error"),
    "context_get": (),
    "create": ("vals_list",),
    "fields_get": ("allfields", "attributes"),
    "formatted_read_group": ("domain", "groupby", "aggregates"),
    "get_report_values": ("docids", "data"),
    "load": ("fields", "data"),
    "read_group": ("domain", "fields", "groupby", "offset", "limit", "orderby", "lazy"),
    "search": ("domain", "offset", "limit", "order"),
    "search_count": ("domain", "limit"),
    "search_read": ("domain", "fields", "offset", "limit", "order"),
}
"""Methods of a model as a whole; Odoo refuses ids with them."""

MODEL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
"""It becomes a part of the path, and may lead nowhere else."""

OF_NONE = frozenset({"has_access", "read"})
"""Methods of records that mean something with an empty list of them."""


def named(call: Call) -> Row:
    """The body of the request; raises ServerBug for what could not be sent without doing something else, or nothing."""
    if not MODEL.fullmatch(call.model):
        raise ServerBug(f"nothing was sent: {call.model!r} is no name of a model")
    if call.method in OF_MODELS:
        return _body(call, OF_MODELS[call.method], call.args)
    if call.method not in OF_RECORDS:
        raise ServerBug(f"nothing was sent: how {call} takes its arguments is not known; see {__name__}")
    return {"ids": _ids(call), **_body(call, OF_RECORDS[call.method], call.args[1:])}


def answered(call: Call, answer: Json) -> Json:
    """The answer as JSON-RPC gives it: one id for one set of values, where ``/json/2`` gives a list always."""
    one = call.method == "create" and isinstance(_values(call), dict)
    return answer[0] if one and isinstance(answer, list) and len(answer) == 1 else answer


def _body(call: Call, names: tuple[str, ...], args: tuple[Json, ...]) -> Row:
    if len(args) > len(names):
        raise ServerBug(f"nothing was sent: {call} takes {len(names)} arguments by place, and got {len(args)}")
    given: Row = dict(zip(names, args, strict=False))
    if twice := sorted({"ids", *given} & set(call.kwargs)):
        raise ServerBug(f"nothing was sent: {call} got {', '.join(twice)} by name that has its place")
    whole = {**given, **call.kwargs}
    return {**whole, "vals_list": _listed(_values(call))} if call.method == "create" else whole


def _ids(call: Call) -> list[Json]:
    """Which records: without any, Odoo would answer that all is well and do nothing."""
    given = call.args[0] if call.args else None
    ids = [given] if isinstance(given, int) else given
    if not isinstance(ids, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in ids):
        raise ServerBug(f"nothing was sent: {call} wants the ids of its records first, found {given!r}")
    if not ids and call.method not in OF_NONE:
        raise ServerBug(f"nothing was sent: {call} was to be done to no record at all")
    return list(ids)


def _values(call: Call) -> Json:
    return call.args[0] if call.args else call.kwargs.get("vals_list")


def _listed(values: Json) -> Json:
    return [values] if isinstance(values, dict) else values
