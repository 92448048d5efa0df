"""Graphs over the sandbox in process."""
