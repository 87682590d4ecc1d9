"""Commands that print figures beside a floor; see README.md. They are not tests."""
