"""The administrator's first page."""
