"""Cubes become readings and chart values; numpy only."""
