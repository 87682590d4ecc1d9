"""Doors: the Jobcenters, their users and roles, sign-in, one-time links, and who may open which page."""
