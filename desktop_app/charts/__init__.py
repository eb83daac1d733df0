"""Widgets that draw a frozen chart value and say what the user did."""
