"""Income from work elsewhere, as the person tells of it: known from telling only, and shown so."""
