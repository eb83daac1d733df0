"""Long work off the main thread: lanes, progress, cancel."""
