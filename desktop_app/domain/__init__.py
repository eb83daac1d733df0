"""Frozen values that every layer shares: policies, books, cubes, problems; no I/O, no database, no Qt."""
