"""Jobcenter. What the application is put together of stands here; `wiring` puts it together, and is loaded only when
`create_app` is asked for, so that a command that needs no application starts at once.
"""

from __future__ import annotations

import pkgutil

BLUEPRINTS = (
    "jobcenter.auth.views.bp",
    "jobcenter.home.views.bp",
    "jobcenter.workers.profiles.views.bp",
    "jobcenter.workers.people.views.bp",
    "jobcenter.workers.held.views.bp",
    "jobcenter.workers.told.views.bp",
    "jobcenter.workers.statement.views.bp",
    "jobcenter.workers.consents.views.bp",
    "jobcenter.workers.support.views.bp",
    "jobcenter.workers.availability.views.bp",
    "jobcenter.workers.units.views.bp",
    "jobcenter.admin.views.bp",
    "jobcenter.orders.organisations.views.bp",
    "jobcenter.orders.intake.views.intake_bp",
    "jobcenter.orders.intake.views.orders_bp",
    "jobcenter.orders.gigs.views.bp",
    "jobcenter.orders.hours.views.bp",
    "jobcenter.orders.feedback.views.bp",
    "jobcenter.earnings.views.bp",
    "jobcenter.earnings.whatif.views.bp",
    "jobcenter.matching.views.bp",
    "jobcenter.matching.plan.desk.views.bp",
    "jobcenter.reports.views.bp",
    "jobcenter.billing.invoices.views.bp",
    "jobcenter.billing.einvoices.views.bp",
    "jobcenter.billing.card.views.bp",
    "jobcenter.billing.payruns.views.bp",
    "jobcenter.billing.payruns.views_limits.bp",
    "jobcenter.billing.payruns.views_payee.bp",
    "jobcenter.billing.payruns.views_refusal.bp",
    "jobcenter.billing.payruns.views_returns.bp",
    "jobcenter.billing.payruns.views_year.bp",
    "jobcenter.billing.register.views.bp",
    "jobcenter.billing.settings.views.bp",
    "jobcenter.billing.shares.views.bp",
    "jobcenter.billing.payments.views.bp",
    "jobcenter.billing.books.views.bp",
    "jobcenter.billing.internal.views.bp",
)
PAGE_FRAME = "jobcenter.home.frame.page_frame"
DEMO_BLUEPRINTS = ("jobcenter.auth.demo.bp",)
# Signed by whoever sends them, so that they carry no token of ours.
SIGNED_MESSAGES = ("jobcenter.billing.card.views.stripe_message",)
CARD_HOUSE = "jobcenter.billing.card.stripe_house.StripeHouse"
DEMO_CARD_HOUSE = "jobcenter.demo.cardhouse.beside.put_beside"


def __getattr__(name: str) -> object:
    """`create_app`, from `wiring`. Raises AttributeError for anything else."""
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return pkgutil.resolve_name(f"{__name__}.wiring:create_app")
