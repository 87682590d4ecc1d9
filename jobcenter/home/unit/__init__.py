"""The unit manager's first page."""
