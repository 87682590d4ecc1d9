"""Pay runs: what each worker gets, when, and what is withheld."""
