"""Who stands beside a worker: support persons and guardians, from a day to a day."""
