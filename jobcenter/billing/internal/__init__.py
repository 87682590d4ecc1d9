"""Internal billing of city units: sent invoices as account lines in a CSV of the city's own form."""
