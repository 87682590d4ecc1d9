"""What an orderer says of one person of one gig; shown to that person."""
