"""Money in and out: invoices of confirmed hours, and pay runs of what each worker gets."""
