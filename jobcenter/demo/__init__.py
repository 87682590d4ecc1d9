"""The demo: the pilot as it could have been, and a living present around today. All people and orders are made up."""
