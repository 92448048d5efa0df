"""Who is at the keyboard: a login is believed only with a password or an API key that Odoo accepts just now."""

import sys

import typer
from pydantic import SecretStr

from desk.desk import Desk
from desk.settings import Settings
from domain.errors import Misuse
from domain.people import Person


def proved(desk: Desk, settings: Settings, login: str) -> Person:
    """The person behind the login; raises WrongLogin, and Misuse where there is nothing to prove it with."""
    return desk.identify(login, settings.user_key or asked(login))


def asked(login: str) -> SecretStr:
    """The secret, typed unseen."""
    if not sys.stdin.isatty():
        raise Misuse(
            f"nothing proves that you are {login}: set DESK_USER_KEY to your Odoo password or API key, "
            "or run this in a terminal to be asked for it"
        )
    return SecretStr(typer.prompt(f"Odoo password or API key of {login}", hide_input=True, err=True))
