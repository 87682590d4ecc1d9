"""Card payment through Stripe: an invoice paid at once, or money held until the hours are confirmed."""
