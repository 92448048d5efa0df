"""Tests of stockouts: found, weighed and chosen for, on the sandbox."""
