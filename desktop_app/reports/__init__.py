"""Answers become files: CSV, manifest, and what a committee reads."""
