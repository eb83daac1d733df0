"""Words and number formats in the two languages; no Qt."""
