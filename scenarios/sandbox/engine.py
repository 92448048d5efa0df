"""The sandbox Odoo itself: tables, users, and one transaction for every call."""

import hashlib
import json
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from domain.clock import Clock
from domain.errors import Misuse
from scenarios.sandbox import (
    activities,
    agenda,
    archiving,
    base,
    business,
    contacts,
    describing,
    exporting,
    loading,
    messages,
    screens,
    standard,
)
from scenarios.sandbox.committing import Storage, Undoing, Written
from scenarios.sandbox.editions.edition import Edition
from scenarios.sandbox.editions.kept import models
from scenarios.sandbox.editions.releases import RELEASES
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessDenied, NoSuchDatabase, UserError
from scenarios.sandbox.fields import Model
from scenarios.sandbox.injected import Injected, carried_out
from scenarios.sandbox.people import logins, permissions
from scenarios.sandbox.people.access import ROOT
from scenarios.sandbox.searches import grouping
from scenarios.sandbox.tables import Row, Table
from scenarios.sandbox.view import View

PARTS = (
    activities,
    agenda,
    archiving,
    business,
    contacts,
    describing,
    exporting,
    grouping,
    loading,
    messages,
    permissions,
    screens,
    standard,
)
"""Modules whose import gave the registry its methods."""

CHATTER = frozenset({"mail.activity", "mail.followers", "mail.mail", "mail.message"})


class Engine:
    """One database of an Odoo of that version; transactions are serial."""

    def __init__(
        self, clock: Clock, *, version: int = 18, storage: Storage | None = None, database: str = "sandbox"
    ) -> None:
        self.clock = clock
        self.version = version
        self.database = database
        self.models: Mapping[str, Model] = models(version)
        self.release = RELEASES[version]
        self._edition = Edition(version)
        self.faults: list[Injected] = []
        self.write_log: list[Written] = []
        self._tables = {name: Table(name) for name in self.models}
        self._storage = storage
        self._lock = threading.RLock()
        self._undoing: Undoing | None = None
        self._groups: dict[int, frozenset[str]] = {}
        self._door = logins.Doorkeeper(self)
        self._begin()

    def _begin(self) -> None:
        kept = self._storage.load() if self._storage is not None else None
        if kept is not None:
            self._refuse_other(kept["version"])
            self._take(kept)
            return
        if self._storage is not None:
            self._storage.mark(self.version)
        with self.transaction() as env:
            base.build(env)

    def now(self) -> datetime:
        return self.clock.now().replace(microsecond=0)

    def model(self, name: str) -> Model:
        try:
            return self.models[name]
        except KeyError:
            raise UserError(f"Object {name} doesn't exist") from None

    def table(self, model: str) -> Table:
        try:
            return self._tables[model]
        except KeyError:
            raise UserError(f"Object {model} doesn't exist") from None

    def root(self) -> Env:
        """The superuser's view, for builders and assertions; changes want ``with engine.transaction() as env``."""
        return View(self, ROOT, su=True)

    @contextmanager
    def transaction(self) -> Iterator[Env]:
        """The superuser's view inside one transaction: committed at the end, rolled back by any exception."""
        with self._running():
            yield self.root()

    @contextmanager
    def _running(self) -> Iterator[Undoing]:
        with self._lock:
            if self._undoing is not None:
                raise RuntimeError("a transaction of this engine is running already in this thread; use its env")
            undoing = self._undoing = Undoing()
            try:
                yield undoing
                self._commit(undoing)
            except BaseException:
                self._take_back(undoing, 0)
                raise
            finally:
                self._undoing = None

    def _commit(self, undoing: Undoing) -> None:
        if self._storage is None or not undoing.changed:
            return
        changed = {m: {i: self._tables[m].rows.get(i) for i in ids} for m, ids in undoing.changed.items()}
        self._storage.keep(changed, {m: self._tables[m].last for m in undoing.changed})

    def savepoint(self) -> int:
        """A place in the running transaction to go back to."""
        return len(self._undoing.before) if self._undoing else 0

    def roll_back_to(self, savepoint: int) -> None:
        """Take back what the running transaction changed since then."""
        if self._undoing is not None:
            self._take_back(self._undoing, savepoint)

    def _take_back(self, undoing: Undoing, savepoint: int) -> None:
        while len(undoing.before) > savepoint:
            table, record, row = undoing.before.pop()
            table.put(record, row)
        self._groups.clear()

    def put(self, model: str, record: int, row: Row | None) -> None:
        """Set or remove one row inside the running transaction; everything that changes goes through here."""
        if self._undoing is None:
            raise RuntimeError("records change inside a transaction only: with engine.transaction() as env")
        table = self._tables[model]
        self._undoing.before.append((table, record, table.put(record, row)))
        self._undoing.changed.setdefault(model, set()).add(record)
        if model in ("res.users", "res.groups", "ir.model.data"):
            self._groups.clear()

    def login(self, database: str, login: str, secret: str) -> int | bool:
        """The user's id, or False when login, password or API key is wrong."""
        self.refuse_database(database)
        with self._lock:
            return self._door.user(login, secret) or False

    def refuse_database(self, database: str) -> None:
        if database != self.database:
            raise NoSuchDatabase(f'connection to server failed: FATAL:  database "{database}" does not exist\n')

    def admit(self, uid: int, secret: str) -> None:
        """AccessDenied unless it is that active user's password or API key."""
        with self._lock:
            if not self._door.admits(uid, secret):
                raise AccessDenied

    def key_owner(self, key: str) -> int | None:
        """The active user whose API key it is."""
        with self._lock:
            return self._door.owner(key)

    def execute_kw(
        self,
        uid: int,
        secret: str | None,
        model: str,
        method: str,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """One call as one transaction; all of it is rolled back on a fault. No secret is asked in process (None)."""
        with self._lock:
            if secret is not None:
                self.admit(uid, secret)
            return carried_out(self.faults, f"{model}.{method}", lambda: self._run(uid, model, method, args, kwargs))

    def _run(self, uid: int, model: str, method: str, args: Sequence[Any], kwargs: Mapping[str, Any] | None) -> Any:
        with self._running() as undoing:
            env = View(self, uid, su=uid == ROOT)
            result = self._edition.call(env, model, method, list(args), dict(kwargs or {}))
        if undoing.changed:
            changed = {m: tuple(sorted(ids)) for m, ids in sorted(undoing.changed.items())}
            self.write_log.append(
                Written(
                    uid=uid,
                    login=self.table("res.users").rows.get(uid, {}).get("login", ""),
                    model=model,
                    method=method,
                    args=args,
                    kwargs=kwargs or {},
                    changed=changed,
                )
            )
        return result

    def groups_of(self, uid: int) -> frozenset[str]:
        """External ids of the user's groups, implied ones included."""
        known = self._groups.get(uid)
        if known is None:
            mine = self._tables["res.users"].rows.get(uid, {}).get("groups_id", [])
            names = self._tables["ir.model.data"]
            found = (names.rows[i] for group in mine for i in names.having("res_id", group))
            known = frozenset(f"{r['module']}.{r['name']}" for r in found if r["model"] == "res.groups")
            self._groups[uid] = known
        return known

    def login_name(self, uid: int) -> str:
        """What the user is called."""
        user = self._tables["res.users"].rows.get(uid, {})
        partner = self._tables["res.partner"].rows.get(user.get("partner_id", 0), {})
        return str(partner.get("name") or user.get("login") or uid)

    def snapshot(self) -> bytes:
        """Every table as canonical JSON: equal worlds give equal bytes."""
        with self._lock:
            tables = {n: {"last": t.last, "rows": t.rows} for n, t in self._tables.items() if t.last}
            return _canonical({"version": self.version, "tables": tables})

    def restore(self, snapshot: bytes) -> None:
        """Back to a snapshot, whatever happened since."""
        with self._lock:
            kept = json.loads(snapshot)
            self._refuse_other(kept["version"])
            if self._storage is not None:
                self._storage.replace(kept["tables"])
            self._take(kept)

    def _refuse_other(self, version: int) -> None:
        if version != self.version:
            raise Misuse(f"expected records of an Odoo {self.version}, found those of an Odoo {version}")

    def _take(self, kept: Mapping[str, Any]) -> None:
        self._tables = {name: Table(name) for name in self.models}
        self._groups.clear()
        for name, each in kept["tables"].items():
            table = self._tables[name]
            for record in sorted(each["rows"], key=int):
                table.put(int(record), each["rows"][record])
            table.last = each["last"]

    def digest(self, ignore: Collection[str] = ()) -> str:
        """SHA-256 of the state, to compare before with after; ``ignore`` takes field names, model names, and the
        words ``sequences`` (running numbers) and ``chatter`` (messages, activities, followers, mail)."""
        left_out = set(ignore)
        if "sequences" in left_out:
            left_out.add("ir.sequence")
        if "chatter" in left_out:
            left_out |= CHATTER
        with self._lock:
            tables = {
                name: {i: {k: v for k, v in row.items() if k not in left_out} for i, row in table.rows.items()}
                for name, table in self._tables.items()
                if table.rows and name not in left_out
            }
        return hashlib.sha256(_canonical(tables)).hexdigest()


def _canonical(value: Any) -> bytes:
    """Keys in order (record ids by text), no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
