"""The desk: who fits a gig and why, offers and answers, the gig list."""
