"""Tests of the named reads, on the sandbox."""
