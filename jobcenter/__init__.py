"""Jobcenter."""
