"""Names who holds a case, so that the lease of a killed process of this machine ends at once."""

import os
import socket
import uuid
from pathlib import Path


def name() -> str:
    """A holder's name: machine, process, when that process began, and something unique."""
    return f"{socket.gethostname()}/{os.getpid()}/{began(os.getpid())}/{uuid.uuid4().hex}"


def is_dead(holder: str) -> bool:
    """Whether the holder is a process of this machine that does not run any more; others are given their time."""
    machine, pid, then, _ = holder.split("/")
    return machine == socket.gethostname() and began(int(pid)) != then


def is_alive(holder: str) -> bool:
    """Whether the holder is a process of this machine that runs: its lease does not end by time."""
    machine, pid, then, _ = holder.split("/")
    return machine == socket.gethostname() and began(int(pid)) == then


def began(pid: int) -> str:
    """When a process began, in the kernel's ticks (field 22 of ``/proc/PID/stat``); empty when it does not run.

    Where there is no ``/proc``, whether it runs is all that can be told.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return "" if Path("/proc/self/stat").exists() or not runs(pid) else "runs"
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


def runs(pid: int) -> bool:
    """Whether a process of that id runs at all."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
