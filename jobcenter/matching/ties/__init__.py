"""Who is to be, and not to be, at the same gig: pairs of workers, and workers whom an orderer is not sent."""
