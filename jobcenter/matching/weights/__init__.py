"""How much each soft rule counts in a Jobcenter: the administrator's page."""
