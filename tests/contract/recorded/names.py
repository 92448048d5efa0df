"""A recorded call in the ids of the lab: which record here stands for which recorded one."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.furniture import furniture
from tests.contract.recorded.lab import ADMIN, Lab
from tests.contract.recorded.standing_in import stand_in

NOBODY = 90_000
"""Ids from here on were made up, to ask for a record that is not there."""

BY_DOMAIN = frozenset({"search", "search_read", "search_count", "read_group", "formatted_read_group", "search_fetch"})
BY_MODEL = BY_DOMAIN | {"create", "load", "default_get", "name_search", "fields_get", "check_object_reference"}
"""Methods whose first argument is not a list of ids."""

NAMED = {
    "active_id": "",
    "active_ids": "",
    "allowed_company_ids": "res.company",
    "location": "stock.location",
    "lot_id": "stock.lot",
    "partner_ids": "res.partner",
    "picking_ids_not_to_backorder": "stock.picking",
    "pricelist": "product.pricelist",
    "user_id": "res.users",
    "warehouse": "stock.warehouse",
    "warehouse_id": "stock.warehouse",
}
"""Keywords and context keys that hold ids, and of which model; an empty one is told by ``active_model``."""


def asked(lab: Lab, call: Captured) -> tuple[list[Any], dict[str, Any]]:
    """The call's positional and named arguments, in the lab's ids."""
    speaker = _Speaker(lab, call)
    args = [speaker.argument(place, value) for place, value in enumerate(call.args)]
    named = {key: speaker.keyword(key, value) for key, value in call.kwargs.items()}
    if call.method == "load" and args:
        args = [args[0], speaker.table(*args[:2])]
    elif call.method == "load":
        named["data"] = speaker.table(named["fields"], named["data"])
    return args, named


class _Speaker:
    """Goes through one call's arguments."""

    def __init__(self, lab: Lab, call: Captured) -> None:
        self._lab = lab
        self._call = call
        self._known = {**furniture(lab), **lab.known}

    def argument(self, place: int, value: Any) -> Any:
        model, method = self._call.model, self._call.method
        if place == 0 and method in BY_DOMAIN:
            return self.domain(model, value)
        if place == 0 and method not in BY_MODEL:
            return self.records(model, value)
        if method == "message_subscribe" and place == 1:
            return self.records("res.partner", value)
        return self.values(model, value)

    def keyword(self, key: str, value: Any) -> Any:
        model = self._call.model
        if key == "context" and isinstance(value, dict):
            return {name: self.context(name, each, value) for name, each in value.items()}
        if key == "ids":
            return self.records(model, value)
        if key == "domain":
            return self.domain(model, value)
        if key in NAMED:
            return self.records(NAMED[key], value)
        return self.values(model, value) if key in ("vals", "vals_list", "values") else value

    def context(self, key: str, value: Any, context: Mapping[str, Any]) -> Any:
        if key in NAMED:
            return self.records(NAMED[key] or str(context.get("active_model")), value)
        return (
            self.value(self._call.model, key.removeprefix("default_"), value) if key.startswith("default_") else value
        )

    def values(self, model: str, value: Any) -> Any:
        """A record's values, or several records'."""
        if isinstance(value, list):
            return [self.values(model, each) for each in value]
        if not isinstance(value, dict):
            return value
        if model == "mail.activity":
            return {key: self.about(value) if key == "res_id" else self.value(model, key, value[key]) for key in value}
        return {key: self.value(model, key, each) for key, each in value.items()}

    def about(self, activity: Mapping[str, Any]) -> Any:
        """The document that an activity is about."""
        named = activity.get("res_model") or (self._call.kwargs.get("context") or {}).get("default_res_model")
        return self.record(named or "sale.order", activity["res_id"])

    def value(self, model: str, field: str, value: Any) -> Any:
        relation = relations(self._lab, model).get(field)
        if relation is None:
            return value
        if isinstance(value, list):
            return [self.command(relation, each) for each in value]
        return self.record(relation, value)

    def command(self, model: str, command: Any) -> Any:
        match command:
            case [0 as kind, other, dict() as values]:
                return [kind, other, self.values(model, values)]
            case [1 as kind, record, dict() as values]:
                return [kind, self.record(model, record), self.values(model, values)]
            case [6 as kind, other, list() as records]:
                return [kind, other, self.records(model, records)]
            case [kind, record, *rest]:
                return [kind, self.record(model, record), *rest]
        return self.record(model, command)

    def domain(self, model: str, domain: Any) -> Any:
        if not isinstance(domain, list):
            return domain
        about = next((leaf[2] for leaf in domain if isinstance(leaf, list) and leaf[0] in ("model", "res_model")), None)
        return [
            [*leaf[:2], self.records(about, leaf[2])]
            if about and isinstance(leaf, list) and leaf[0] == "res_id"
            else self.leaf(model, leaf)
            for leaf in domain
        ]

    def leaf(self, model: str, leaf: Any) -> Any:
        match leaf:
            case [str() as path, str() as operator, value]:
                relation = self.reached(model, path.split("."))
                return [path, operator, self.records(relation, value)] if relation else leaf
        return leaf

    def reached(self, model: str, path: Iterable[str]) -> str | None:
        """The model whose ids a domain's path compares; None where it compares something else."""
        for name in path:
            if name == "id":
                return model
            found = relations(self._lab, model).get(name)
            if found is None:
                return None
            model = found
        return model

    def table(self, columns: list[str], rows: list[list[Any]]) -> list[list[Any]]:
        """Cells that name records by database id."""
        reached = [self.reached(self._call.model, column.removesuffix("/.id").split("/")) for column in columns]
        named = [model if column.endswith(".id") else None for column, model in zip(columns, reached, strict=True)]
        return [
            [
                str(self.record(model, int(cell))) if model and str(cell).isdigit() else cell
                for model, cell in zip(named, row, strict=True)
            ]
            for row in rows
        ]

    def records(self, model: str, value: Any) -> Any:
        return [self.records(model, each) for each in value] if isinstance(value, list) else self.record(model, value)

    def record(self, model: str, value: Any) -> Any:
        """The lab's record for that id; made up ids and those that Odoo missed stay as they are."""
        if isinstance(value, bool) or not isinstance(value, int) or value >= NOBODY:
            return value
        if f"{model}({value}," in self._call.message:
            return NOBODY + value
        if (model, value) not in self._known and model == "res.company":
            return value
        if (model, value) not in self._known:
            self._known[model, value] = self._lab.known[model, value] = stand_in(self._lab, model, value, self._call)
        return self._known[model, value]


def relations(lab: Lab, model: str) -> Mapping[str, str]:
    """The model's fields that lead to other records, as this version names them."""
    kept = lab.relations.get(model)
    if kept is None:
        told = lab.engine.execute_kw(ADMIN, None, model, "fields_get", [], {"attributes": ["relation"]})
        kept = lab.relations[model] = {name: each["relation"] for name, each in told.items() if each.get("relation")}
    return kept
