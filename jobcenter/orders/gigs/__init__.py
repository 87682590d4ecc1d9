"""Gigs and their slots: offers, answers, contracts, support booked along, swaps and cancellations."""
