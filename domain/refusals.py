"""A refusal is an answer, not a surprise: who said no, and why."""

from domain.values import Value


class Refusal(Value):
    """No, with the guard that said it and a reason a person can act on."""

    guard: str
    """Which guard refused: ``grant``, ``limit``, ``pause``, ``scope``, ``precondition``, ``role``, ``policy`` …"""
    reason: str

    def __str__(self) -> str:
        return self.reason
