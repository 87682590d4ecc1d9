"""Import and export of CSV files: organisations, workers and their benefits, orders, gigs, done hours."""
