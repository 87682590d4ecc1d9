"""Who has whom to look after: the caseload, and support time, which is logged apart from billable hours."""
