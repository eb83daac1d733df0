"""The benchmark: every goal of speed, measured beside peers in the same run."""
