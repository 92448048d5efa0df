"""Names that people typed into Odoo, made fit to be shown: short, on one line, never taken for the desk's own words."""

import unicodedata

LONGEST = 80
"""Signs of a name that are shown."""
HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories that steer a terminal, turn the text round or cannot be seen."""
MARKS = str.maketrans("“”„‟", '""""')
"""Quotation marks that could end the desk's own."""


def tidy(words: str, longest: int = LONGEST) -> str:
    """The words on one line, without hidden signs, cut to a length."""
    line = " ".join((words if words.isprintable() else _seen(words)).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def quoted(words: str, longest: int = LONGEST) -> str:
    """Somebody else's words between quotation marks that they cannot close themselves."""
    return f"“{tidy(words, longest).translate(MARKS)}”"


def _seen(words: str) -> str:
    return "".join(" " if unicodedata.category(sign) in HIDDEN else sign for sign in words)
