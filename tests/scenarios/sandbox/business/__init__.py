"""Tests of the sandbox's business methods."""
