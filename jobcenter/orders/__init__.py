"""Orders and what comes of them, split by subject: rates, organisations, intake, gigs, hours (in that direction)."""
