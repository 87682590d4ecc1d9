"""The orderer's first page."""
