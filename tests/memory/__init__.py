"""Tests of what the desk never forgets."""
