"""A second evaluator in plain Python, written from the domain rules alone, that the engine is held against."""
