"""What a Jobcenter has set for its invoices and pay; what it has not set comes from the shipped data."""
