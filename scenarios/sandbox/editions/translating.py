"""Says fields, values and domains of another Odoo in the names that the sandbox keeps; unknown ones are refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.sandbox import commands
from scenarios.sandbox.editions.words import WORDS
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.fields import Field, definitions
from scenarios.sandbox.people import logins
from scenarios.sandbox.searches import domains


class Translating:
    """From the names of one version to those that are kept."""

    def __init__(self, version: int) -> None:
        self.models = definitions(version)
        self.words = WORDS[version]

    def model(self, name: str) -> str:
        """The name that a model is kept under."""
        return self.words.models.get(name, name)

    def known(self, model: str, name: str, saying: str) -> Field:
        """The field as that version has it; ``saying`` is how its fault goes on after the field's name."""
        field = self.models[model].fields.get(name)
        if field is None:
            raise WrongValue(f"Invalid field '{name}' {saying} '{model}'")
        return field

    def kept(self, model: str, name: str) -> str:
        return self.words.fields.get((model, name), name)

    def named(self, model: str) -> Mapping[str, str]:
        """What fields are kept as, and called, where the two differ."""
        return {kept: name for (owner, name), kept in self.words.fields.items() if owner == model}

    def read(self, model: str, fields: Sequence[str]) -> list[str]:
        return [self.kept(model, self.known(model, name, "on").name) for name in fields]

    def known_ones(self, model: str, fields: Sequence[str]) -> list[str]:
        """Those of the fields that there are; the others are passed over."""
        return [self.kept(model, name) for name in fields if name in self.models[model].fields]

    def values(self, model: str, given: Any) -> Any:
        """Values of one record, of its lines too; a list of such values as a list."""
        if isinstance(given, list):
            return [self.values(model, each) for each in given]
        if not isinstance(given, Mapping):
            return given
        return {self.kept(model, name): self._value(model, name, value) for name, value in given.items()}

    def _value(self, model: str, name: str, value: Any) -> Any:
        if name in logins.SECRETS.get(model, ()):
            return value
        field = self.known(model, name, "in")
        if not field.many or not isinstance(value, (list, tuple)) or field.relation not in self.models:
            return value
        return [self._command(field.relation, each) for each in value]

    def _command(self, model: str, command: Any) -> Any:
        if isinstance(command, (list, tuple)) and len(command) > 2 and command[0] in (commands.CREATE, commands.UPDATE):
            return [command[0], command[1], self.values(model, command[2])]
        return command

    def domain(self, model: str, terms: Any) -> Any:
        if not isinstance(terms, (list, tuple)):
            return terms
        return [self._term(model, term) for term in terms]

    def _term(self, model: str, term: Any) -> Any:
        if not isinstance(term, (list, tuple)) or len(term) != 3 or not isinstance(term[0], str):
            return term
        path, operator, value = term
        if not isinstance(operator, str) or operator.lower() not in domains.OPERATORS:
            raise WrongValue(f"Invalid operator in condition {tuple(term)!r}")
        kept, relation = self._path(model, path, term)
        if operator.lower() in ("any", "not any"):
            value = self.domain(relation, value)
        return [kept, operator, value]

    def _path(self, model: str, path: str, term: Sequence[Any]) -> tuple[str, str]:
        """The path as it is kept, and the model at its end."""
        parts = []
        for name in path.split("."):
            field = self.models[model].fields.get(name) if model in self.models else None
            if field is None and model in self.models:
                raise WrongValue(f"Invalid field {model}.{name} in condition {tuple(term)!r}")
            parts.append(self.kept(model, name))
            model = field.relation if field is not None else ""
        return ".".join(parts), model

    def order(self, model: str, order: Any) -> Any:
        if not isinstance(order, str) or not order:
            return order
        return ", ".join(self._ordered(model, term) for term in order.split(","))

    def _ordered(self, model: str, term: str) -> str:
        name, *rest = term.split() or [""]
        plain = name.partition(":")[0]
        if plain == "__count" or plain.endswith("_count") or not plain.replace(".", "").isidentifier():
            return term
        self.known(model, plain, "on model")
        return " ".join([self.kept(model, plain) + name[len(plain) :], *rest])

    def grouped(self, model: str, specs: Any) -> Any:
        """What to group by, or to total: ``field``, ``field:month``, ``field:sum``."""
        if isinstance(specs, str):
            return self._spec(model, specs)
        return [self._spec(model, spec) for spec in specs]

    def _spec(self, model: str, spec: str) -> str:
        name, colon, rest = spec.partition(":")
        if name == "__count" or "(" in rest:
            return spec
        self.known(model, name, "on model")
        return self.kept(model, name) + colon + rest

    def columns(self, model: str, fields: Sequence[str]) -> list[str]:
        """The columns of a load: ``order_line/product_uom_id/.id``."""
        return [self._column(model, name.split("/")) for name in fields]

    def _column(self, model: str, parts: list[str]) -> str:
        said = []
        for name in parts:
            if name in ("id", ".id") or model not in self.models:
                said.append(name)
                continue
            field = self.known(model, name, "on model")
            said.append(self.kept(model, name))
            model = field.relation
        return "/".join(said)

    def specification(self, model: str, wanted: Any) -> Any:
        """What a screen wants of each field, and of the records at its other end."""
        return {self.kept(model, name): self._seen(model, name, each) for name, each in wanted.items()}

    def _seen(self, model: str, name: str, wanted: Any) -> Any:
        relation = self.known(model, name, "on").relation
        if "fields" not in wanted or relation not in self.models:
            return wanted
        return {**wanted, "fields": self.specification(relation, wanted["fields"])}

    def told(self, model: str, answer: Any) -> Any:
        """Records and what they lead to, by the names of the version; ids and values as they are."""
        if isinstance(answer, list):
            return [self.told(model, each) for each in answer]
        if not isinstance(answer, Mapping) or model not in self.models:
            return answer
        named, known = self.named(model), self.models[model].fields
        rows = {named.get(key, key): value for key, value in answer.items()}
        return {key: self.told(known[key].relation, value) if key in known else value for key, value in rows.items()}

    def context(self, model: str, context: Any) -> Any:
        """``default_`` values by the names that are kept."""
        if not isinstance(context, Mapping):
            return context
        return {self._default(model, key): value for key, value in context.items()}

    def _default(self, model: str, key: str) -> str:
        name = key.removeprefix("default_")
        return key if name == key else f"default_{self.kept(model, name)}"
