"""The rules by which the database itself keeps the journal append-only."""

TRIGGERS: dict[str, str] = {
    "journal_never_changes": """
CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: entries never change'); END
""".strip(),
    "journal_never_shrinks": """
CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: entries never go'); END
""".strip(),
    "journal_only_grows": """
CREATE TRIGGER journal_only_grows BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
  OR NEW.prev IS NOT COALESCE((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: an entry follows the last one'); END
""".strip(),
}
"""Trigger name to SQL; ``INSERT OR REPLACE`` walks past the first two, the third stops it."""
