"""The catalogue: measures that can be summed exactly, and figures computed from their sums."""
