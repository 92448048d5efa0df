"""Tests of the faces people use."""
