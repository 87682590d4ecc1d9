"""The Incomes Register: what was paid to whom is reported in time, replaced or withdrawn when it was wrong."""
