"""The week board: the gigs of a week by day, how far each is staffed, and one of them opened beside."""
