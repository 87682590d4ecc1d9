"""When a worker is in work activity every week, and when they cannot take gigs."""
