"""The SQL that conditions, targets and policies become, as text to read."""
