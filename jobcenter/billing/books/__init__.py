"""The books: a double-entry ledger of every money event, its closed months, and what is told from it."""
