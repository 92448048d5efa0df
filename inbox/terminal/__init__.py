"""The command line: one verb for everything a supervisor, an operator, an engineer or an auditor does."""
