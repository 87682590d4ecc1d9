"""What a worker receives and where the money goes: benefits held, jobseeker status, tax card, bank account."""
