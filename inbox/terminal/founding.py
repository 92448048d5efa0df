"""Builds the sandbox Odoo of a home, starts afresh, and stops the process that serves it."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from agents.terms_loading import NAME
from domain.clock import Clock
from domain.errors import DeskError, Misuse
from inbox.terminal.demo_home import Demo, DemoUser, write_demo
from scenarios.sandbox import process
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.storage import SqliteStorage
from scenarios.worlds import demo as distributor
from scenarios.worlds import small
from scenarios.worlds.people import User

DATABASE = "sandbox"
SERVICE = "desk"
"""The login of the desk's own user in every world."""
DESK_FILES = ("desk.db", "checkpoints.db", "seals.jsonl", "keys", "sandbox.db", NAME)
STOPPING_S = 10.0


class Filling(NamedTuple):
    """What a sandbox may be filled with."""

    build: Callable[[Engine, date], Mapping[str, User]]
    terms: Path | None = None
    """What its distributor decided and Odoo does not know."""


WORLDS: Mapping[str, Filling] = {
    "demo": Filling(lambda engine, today: distributor.build(engine, today=today).users, distributor.TERMS),
    "small": Filling(lambda engine, today: small.build(engine, today=today).users),
}


def found(home: Path, world: str, clock: Clock, version: int = 18) -> Demo:
    """Fill the home's sandbox, an Odoo of that version, with a world as of today, in place of one half built; raises
    Misuse for no world.

    The world's terms go with it, unless the home has some.
    """
    filling = WORLDS.get(world)
    if filling is None:
        raise Misuse(f"there is no world {world!r}; expected one of {', '.join(WORLDS)}")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove(home, ["sandbox.db"])
    storage = SqliteStorage(home / "sandbox.db")
    try:
        engine = Engine(clock, version=version, storage=storage, database=DATABASE)
        users = filling.build(engine, clock.now().date())
    finally:
        storage.close()
    made = described(world, users)
    write_demo(home, made)
    if filling.terms and not (home / NAME).exists():
        shutil.copyfile(filling.terms, home / NAME)
    return made


def described(world: str, users: Mapping[str, User]) -> Demo:
    """What the next commands need to know of a world."""
    people = tuple(
        DemoUser(login=user.login, name=user.name, password=user.password, api_key=user.api_key)
        for user in users.values()
    )
    return Demo(world=world, database=DATABASE, login=SERVICE, api_key=users[SERVICE].api_key, users=people)


def kept_engine(home: Path, clock: Clock) -> Engine:
    """The sandbox as it was left, of the version that it was made as."""
    storage = SqliteStorage(home / "sandbox.db")
    return Engine(clock, version=storage.version(), storage=storage, database=DATABASE)


def clear(home: Path) -> None:
    """Remove a demo's desk and sandbox, its ``demo.json`` excepted: whoever is killed here can begin again."""
    stop(home)
    remove(home, DESK_FILES)


def remove(home: Path, names: Sequence[str]) -> None:
    """Remove files and folders of the home that begin with one of these names."""
    for name in names:
        for left in home.glob(f"{name}*"):
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()


def stop(home: Path) -> None:
    """Stop the process that serves the home's sandbox, if one does; raises DeskError when it does not end."""
    if process.find(home) is None:
        return
    try:
        serving = json.loads(home.joinpath(process.PORT_FILE).read_text())
        os.kill(serving["pid"], signal.SIGTERM)
    except (OSError, ValueError, KeyError) as error:
        raise DeskError(f"the sandbox of {home} runs and cannot be stopped ({error}); stop it by hand") from None
    until = time.monotonic() + STOPPING_S
    while process.find(home) is not None:
        if time.monotonic() > until:
            raise DeskError(f"the sandbox of {home} does not end; stop it by hand")
        time.sleep(0.02)
