"""What finds a plan for a Problem: first come, exact, search, bounds; `planner` chooses among them."""
