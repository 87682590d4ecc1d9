"""Plans on the desk: proposed for gigs, computed outside any request, changed and sent by a coordinator."""
