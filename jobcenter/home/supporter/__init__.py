"""The first page of support persons and guardians."""
