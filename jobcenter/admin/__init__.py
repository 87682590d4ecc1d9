"""The administrator's screens: rates, terms, users, the Jobcenter, the law's limits, the log, the jobs."""
