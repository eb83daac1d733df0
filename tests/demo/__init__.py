"""Tests of the demo book."""
