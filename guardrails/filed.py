"""Whatever is read from a file of the policy can say in which line each part of it stands."""

from pydantic import ConfigDict, Field

from domain.values import Value
from guardrails.lines import LineIndex


class Filed(Value):
    """A value with the file it was read from; its digest is over what it says, not over where or how."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    file: str = Field(default="policy", exclude=True)
    lines: LineIndex = Field(default=LineIndex(), exclude=True)

    def place(self, *path: str | int) -> str:
        """``default.toml:31``, or the file alone where the line is not known."""
        line = self.lines.line(path)
        return self.file if line is None else f"{self.file}:{line}"

    def cite(self, name: str, *path: str | int) -> str:
        """``transfer-small (default.toml:31)``."""
        return f"{name} ({self.place(*path)})"
