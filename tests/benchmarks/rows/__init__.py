"""The goals, measured: a module for those that are measured together."""
