"""Users' passwords, API keys and groups; a secret is kept as a digest only."""

import hashlib
import hmac
from typing import Any

from scenarios.sandbox.database import Database
from scenarios.sandbox.env import Env, Values
from scenarios.sandbox.people import groups
from scenarios.sandbox.registry import after_create, after_write, on_create

SECRETS = {"res.users": ("password",), "res.users.apikeys": ("key",)}
"""What may be written to these models and never read: ``password`` of a user, ``key`` of an API key."""

DIGEST = "_digest"
ROUNDS = 1000


def digest(secret: str) -> str:
    """A slow digest; the same secret gives the same one, so that equal worlds are equal byte for byte."""
    return hashlib.pbkdf2_hmac("sha256", secret.encode(), b"sandbox-odoo", ROUNDS).hex()


def digests(model: str, values: Values) -> dict[str, str]:
    """The digest column for a secret among the values."""
    given = [values[name] for name in SECRETS.get(model, ()) if values.get(name)]
    return {DIGEST: digest(str(given[0]))} if given else {}


class Doorkeeper:
    """Checks secrets, remembering the digests of those it saw so that every call need not work one out."""

    def __init__(self, engine: Database) -> None:
        self._engine = engine
        self._seen: dict[str, str] = {}

    def user(self, login: str, secret: str) -> int | None:
        """The active user of that login when the password or an API key is right."""
        found = sorted(self._engine.table("res.users").having("login", login))
        return next((uid for uid in found if self.admits(uid, secret)), None)

    def admits(self, uid: int, secret: str) -> bool:
        user = self._engine.table("res.users").rows.get(uid)
        if user is None or not user.get("active") or not secret:
            return False
        given = self._digest(secret)
        return any(hmac.compare_digest(given, kept) for kept in self._kept(uid, user))

    def owner(self, key: str) -> int | None:
        """The active user whose API key it is; a password is none."""
        users, given = self._engine.table("res.users").rows, self._digest(key)
        found = {row["user_id"] for row in self._valid_keys() if hmac.compare_digest(given, row.get(DIGEST, ""))}
        return next((uid for uid in sorted(found) if users.get(uid, {}).get("active")), None)

    def _kept(self, uid: int, user: dict[str, Any]) -> list[str]:
        rows = [user, *(row for row in self._valid_keys() if row["user_id"] == uid)]
        return [row[DIGEST] for row in rows if DIGEST in row]

    def _valid_keys(self) -> list[dict[str, Any]]:
        now = self._engine.now().strftime("%Y-%m-%d %H:%M:%S")
        rows = self._engine.table("res.users.apikeys").rows.values()
        return [row for row in rows if row.get("expiration_date", now) >= now]

    def _digest(self, secret: str) -> str:
        if secret not in self._seen:
            if len(self._seen) >= 256:
                self._seen.clear()
            self._seen[secret] = digest(secret)
        return self._seen[secret]


@on_create("res.users")
def _own_company(env: Env, values: dict[str, Any]) -> dict[str, Any]:
    """A user sees at least the default company, and is an internal user unless told otherwise."""
    filled = {"company_ids": [(6, 0, [values["company_id"]])], **values} if values.get("company_id") else dict(values)
    filled.setdefault("groups_id", [(4, env.ref(groups.USER))])
    return filled


@on_create("res.company")
def _company_partner(env: Env, values: dict[str, Any]) -> dict[str, Any]:
    if values.get("partner_id"):
        return values
    partner = env.sudo().create("res.partner", {"name": values.get("name"), "is_company": True})
    return {**values, "partner_id": partner}


@after_create("res.company")
def _founder_belongs(env: Env, ids: list[int], _values: Values) -> None:
    """Whoever makes a company may work in it."""
    if not env.su:
        env.sudo().write("res.users", env.uid, {"company_ids": [(4, company) for company in ids]})


@after_create("res.users")
@after_write("res.users")
def _with_implied_groups(env: Env, ids: list[int], values: Values) -> None:
    """Groups bring the groups they imply; both are listed, as Odoo does."""
    if "groups_id" not in values:
        return
    table = env.engine.table("res.users")
    for uid in ids:
        row = table.rows[uid]
        whole = sorted({*row.get("groups_id", []), *_implied(env, row.get("groups_id", []))})
        env.engine.put("res.users", uid, {**row, "groups_id": whole})


def _implied(env: Env, ids: list[int]) -> set[int]:
    rows = env.engine.table("res.groups").rows
    found: set[int] = set()
    waiting = list(ids)
    while waiting:
        group = waiting.pop()
        if group not in found:
            found.add(group)
            waiting.extend(rows[group].get("implied_ids", []))
    return found
