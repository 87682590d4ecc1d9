"""Offer rounds: several people are asked to one gig, fairly; those left in line stand in when somebody cannot come."""
