"""Money that comes in: payments of invoices, bank statements, what is paid over, what is late."""
