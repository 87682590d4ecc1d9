"""The worker's first page."""
