"""Invoices and credit notes, made of confirmed hours."""
