"""The earnings checker: what a person has earned and agreed, held against their limits; warnings, and "what if"."""
