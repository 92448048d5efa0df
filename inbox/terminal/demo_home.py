"""What the demo leaves in its home, so that the next commands find its sandbox Odoo and its people."""

import json
import os
from pathlib import Path

from pydantic import ValidationError

from domain.errors import DeskError
from domain.values import Value

NAME = "demo.json"


class DemoUser(Value):
    """A user of the sandbox with the secrets that prove it; they open nothing but the sandbox."""

    login: str
    name: str
    password: str
    api_key: str


class Demo(Value):
    """The sandbox of a home: its database, the desk's own user in it, and its people."""

    world: str
    database: str
    login: str
    api_key: str
    users: tuple[DemoUser, ...]


def read_demo(home: Path) -> Demo | None:
    """The demo of a home, None where there is none; raises DeskError when its file is damaged."""
    place = home / NAME
    try:
        return Demo.model_validate_json(place.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError:
        raise DeskError(f"{place} is damaged; make the demo afresh: python app.py demo") from None


def write_demo(home: Path, demo: Demo) -> None:
    """Keep the demo's facts, readable by this user alone; whole or not at all."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = home / f"{NAME}.new"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(demo.plain(), file, indent=2)
    fresh.replace(home / NAME)
