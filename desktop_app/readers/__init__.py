"""Bytes become a read plan: format, encoding, dialect, headings."""
