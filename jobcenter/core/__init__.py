"""What every feature stands on: money, clock, errors, database, unit of work, audit, to-dos, forms, texts."""
