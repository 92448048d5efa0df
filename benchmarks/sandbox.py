"""A sandbox Odoo in a process of its own, with a world built to measure."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from pydantic import SecretStr

from domain.clock import SystemClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.server import SandboxServer
from tools.transports.connection import Patient, connect
from tools.transports.wire import OdooAddress

DATABASE = "bench"


class Built(NamedTuple):
    """What a measuring process has to know of the world."""

    company: int
    service_key: str
    products: tuple[int, ...]
    warehouses: tuple[int, ...]


class Served(NamedTuple):
    """A world behind HTTP, and the way to it."""

    world: Built
    transport: Patient


Build = Callable[[Engine], Built]


@contextmanager
def serving(build: Build) -> Iterator[Served]:
    """Build a world in another process and serve it from there; the process ends with the block."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(build, there), daemon=True)
    process.start()
    try:
        port, world = here.recv()
        address = OdooAddress(host="127.0.0.1", port=port, database=DATABASE)
        yield Served(world, connect(address, "desk", SecretStr(world.service_key)))
    finally:
        process.terminate()
        process.join()


def serve(build: Build, told: Connection) -> None:
    """The other process."""
    engine = Engine(SystemClock(), database=DATABASE)
    world = build(engine)
    server = SandboxServer(engine)
    told.send((server.port, world))
    server.serve_forever()
