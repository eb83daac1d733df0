"""Qt threading: lanes, progress, cancel."""
