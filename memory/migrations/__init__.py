"""The history of the desk's tables, one step a file."""
