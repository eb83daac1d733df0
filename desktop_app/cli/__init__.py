"""The commands of the terminal, over the same workspace."""
