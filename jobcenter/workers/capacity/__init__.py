"""How much a support person can do: working times of the week, people at once, travel between places."""
