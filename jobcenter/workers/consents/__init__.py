"""Written consents: what a person has said yes to, towards whom, and when they took it back."""
