"""The outer side of the sandbox: a call in the words of the Odoo version that it plays, and the answer in the same."""

from collections.abc import Callable, Mapping
from typing import Any

from scenarios.sandbox import calling, describing
from scenarios.sandbox.editions.kept import NATIVE
from scenarios.sandbox.editions.translating import Translating
from scenarios.sandbox.editions.words import WORDS
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessError, NoSuchMethod, UserError, WrongArguments
from scenarios.sandbox.people import access

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "copy": ("ids", "default"),
    "create": ("vals_list",),
    "default_get": ("fields",),
    "export_data": ("ids", "fields_to_export"),
    "formatted_read_group": ("domain", "groupby", "aggregates", "having", "offset", "limit", "order"),
    "load": ("fields", "data"),
    "name_search": ("name", "domain", "operator", "limit"),
    "read": ("ids", "fields", "load"),
    "read_group": ("domain", "fields", "groupby", "offset", "limit", "orderby", "lazy"),
    "search": ("domain", "offset", "limit", "order"),
    "search_count": ("domain", "limit"),
    "search_read": ("domain", "fields", "offset", "limit", "order", "load"),
    "web_read": ("ids", "specification"),
    "web_search_read": ("domain", "specification", "offset", "limit", "order", "count_limit"),
    "write": ("ids", "vals"),
}
"""What the arguments are called, of the methods in which fields are named; records come first without a name."""

KEPT_AS = {("default_get", "fields"): "fields_list", ("name_search", "domain"): "args"}
"""Arguments that the sandbox calls otherwise."""


class Edition:
    """What a caller of one version may say, and is told."""

    def __init__(self, version: int) -> None:
        self.version = version
        self._words = WORDS[version]
        self._say = Translating(version)

    def call(self, env: Env, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """One call from outside."""
        self._refuse(model, method)
        if self.version == NATIVE:
            return calling.public(env, model, method, args, kwargs)
        if method == "fields_get":
            return self._described(env, model, args, kwargs)
        positional, named = self._arguments(model, method, args, kwargs)
        kept = self._words.methods.get((model, method), method)
        answer = calling.public(env, self._say.model(model), kept, positional, named)
        return self._answered(model, method, answer)

    def _refuse(self, model: str, method: str) -> None:
        gone = self._words.gone_methods
        if model in self._words.gone_models or model not in self._say.models:
            raise UserError(f"Object {model} doesn't exist")
        if method in self._words.private:
            raise AccessError(f"Private methods (such as '{model}.{method}') cannot be called remotely.")
        if (model, method) in gone or ("*", method) in gone:
            raise NoSuchMethod(f"The method '{model}.{method}' does not exist")

    def _arguments(
        self, model: str, method: str, args: list[Any], kwargs: Mapping[str, Any]
    ) -> tuple[list[Any], dict[str, Any]]:
        """Records stay where they are; every other argument that names fields is said in the names that are kept."""
        names = PARAMETERS.get(method, ())
        for own in (kept for (asked, name), kept in KEPT_AS.items() if asked == method and name not in kwargs):
            if own in kwargs:
                raise WrongArguments(f"BaseModel.{method}() got an unexpected keyword argument '{own}'")
        first = 1 if names[:1] == ("ids",) else 0
        given = dict(zip(names[first:], args[first:], strict=False))
        over = [*args[:first], *args[first + len(names[first:]) :]]
        named = {**given, **kwargs} if not given.keys() & kwargs.keys() else dict(kwargs)
        positional = over if named.keys() >= given.keys() else list(args)
        if method in ("read", "search_read") and not named.get("fields"):
            named["fields"] = list(self._say.models[model].fields)
        said = {KEPT_AS.get((method, name), name): self._said(model, method, name, v) for name, v in named.items()}
        return positional, said

    def _said(self, model: str, method: str, name: str, value: Any) -> Any:
        say = self._say
        if name == "context":
            return say.context(model, value)
        if method not in PARAMETERS or value in (None, False):
            return value
        said: Callable[[str, Any], Any] | None = {
            "aggregates": say.grouped,
            "default": say.values,
            "domain": say.domain,
            "fields": {"default_get": say.known_ones, "load": say.columns, "read_group": say.grouped}.get(
                method, say.read
            ),
            "fields_to_export": say.columns,
            "groupby": say.grouped,
            "order": say.order,
            "orderby": say.order,
            "specification": say.specification,
            "vals": say.values,
            "vals_list": say.values,
        }.get(name)
        return said(model, value) if said is not None else value

    def _answered(self, model: str, method: str, answer: Any) -> Any:
        if method == "web_read":
            return self._say.told(model, answer)
        if method == "web_search_read":
            return {**answer, "records": self._say.told(model, answer["records"])}
        named = self._say.named(model)
        if not named:
            return answer
        if method in ("read", "search_read"):
            return [{named.get(key, key): value for key, value in row.items()} for row in answer]
        if method == "default_get":
            return {named.get(key, key): value for key, value in answer.items()}
        if method in ("read_group", "formatted_read_group"):
            return [_regrouped(row, named) for row in answer]
        return answer

    def _described(self, env: Env, model: str, args: list[Any], kwargs: Mapping[str, Any]) -> Any:
        access.check_model(env, self._say.model(model), "read")
        names = ("allfields", "attributes")
        asked = {**dict(zip(names, args, strict=False)), **{k: v for k, v in kwargs.items() if k in names}}
        return describing.described(self._say.models[model], asked.get("allfields"), asked.get("attributes"))


def _regrouped(row: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """One group, its headings, figures and domain by the names of the version."""
    return {_heading(key, named): _terms(key, value, named) for key, value in row.items()}


def _heading(key: str, named: Mapping[str, str]) -> str:
    name, colon, rest = key.partition(":")
    if name.removesuffix("_count") in named and name not in named:
        return f"{named[name.removesuffix('_count')]}_count"
    return named.get(name, name) + colon + rest


def _terms(key: str, value: Any, named: Mapping[str, str]) -> Any:
    if key == "__range":
        return {_heading(each, named): bounds for each, bounds in value.items()}
    if key not in ("__domain", "__extra_domain"):
        return value
    return [_term(each, named) for each in value]


def _term(term: Any, named: Mapping[str, str]) -> Any:
    if not isinstance(term, (list, tuple)) or len(term) != 3:
        return term
    head, dot, rest = term[0].partition(".")
    return [named.get(head, head) + dot + rest, *term[1:]]
