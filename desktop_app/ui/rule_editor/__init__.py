"""The rule editor: one rule written in a window of its own beside the desk."""
