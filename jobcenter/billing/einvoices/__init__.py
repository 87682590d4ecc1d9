"""E-invoices: sent invoices as Finvoice 3.0 or Peppol BIS Billing 3, checked, delivered, and followed by receipts."""
