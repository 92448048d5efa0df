"""What the desk never forgets: SQL tables, journal, approvals, grants, effects ledger and checkpoints."""
