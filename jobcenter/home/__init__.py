"""Public pages, and each role's first page: what needs me now, first."""
