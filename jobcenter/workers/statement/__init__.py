"""The income and debt statement: what a person receives, earns elsewhere and owes, gone through step by step."""
