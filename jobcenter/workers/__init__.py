"""People who do the gigs: profile, unit, support, benefits held, consents, availability."""
