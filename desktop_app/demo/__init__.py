"""A seeded synthetic book, plausible from general knowledge."""
