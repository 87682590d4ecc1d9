"""Pages of orders: `intake_bp` is where one is written and lists are, `orders_bp` what happens to a sent one."""

from jobcenter.orders.intake.views import prices
from jobcenter.orders.intake.views.coordinating import bp as orders_bp
from jobcenter.orders.intake.views.writing import bp as intake_bp

__all__ = ["intake_bp", "orders_bp", "prices"]
