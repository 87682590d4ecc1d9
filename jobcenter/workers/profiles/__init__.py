"""Who a worker is and what they wish: the coordinator's list and form, the worker's own pages, the unit's view."""
