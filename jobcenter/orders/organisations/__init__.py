"""Orderers: businesses, associations, city units and private persons, and the people who act for them."""
