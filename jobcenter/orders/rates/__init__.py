"""Dated prices, wages and VAT: looked up by the day of work, copied onto hours and invoice lines."""
