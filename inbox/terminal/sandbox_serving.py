"""Serves the sandbox of a home in this process, and says how to log in to it."""

from collections.abc import Sequence
from pathlib import Path

from domain.clock import SystemClock
from inbox.terminal.demo_home import Demo, DemoUser, read_demo
from inbox.terminal.founding import found, kept_engine
from inbox.terminal.showing import console, say, table
from inbox.terminal.stopping import until_told
from scenarios.sandbox import process
from scenarios.sandbox.process import Address


def serve_sandbox(home: Path, world: str, *, version: int, port: int, idle_s: float | None, quiet: bool) -> None:
    """Until SIGTERM, SIGINT, or nobody asked anything for that long."""
    clock = SystemClock()
    demo = read_demo(home) or found(home, world, clock, version)

    def ready(address: Address) -> None:
        if not quiet:
            show_login(address, demo)

    with until_told():
        process.serve(home, lambda: kept_engine(home, clock), idle_s=idle_s, port=port, ready=ready)


def show_login(address: Address, demo: Demo) -> None:
    """Where it is, and who may come in."""
    say(f"Sandbox Odoo at {address.url}, database {demo.database}; stop with Ctrl-C.")
    show_users(demo.users)


def show_users(users: Sequence[DemoUser]) -> None:
    """The sandbox's people and their secrets, which open nothing else."""
    page = table("Users of the sandbox", "login", "who", "password", "API key", rigid=("login", "password", "API key"))
    for user in users:
        page.add_row(user.login, user.name, user.password, user.api_key)
    console().print(page)
