"""Who pays which share of an order's hours, when it is more than the orderer alone."""
