"""The coordinator's first page."""
