"""What stands around every page: the menu of the reader's roles, language, account, demo strip, footer.

`page_frame` is the app's context processor. It asks nothing of the database, so that error pages can use it too.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext as _l

from jobcenter.auth.domain import Actor, Role, visitor
from jobcenter.core import texts

Link = tuple[str, str, bool]

HOME = ("home.index", _l("Home"))
VISITORS = (
    ("home.services", _l("What you can order")),
    ("home.prices", _l("Prices")),
    ("home.for_workers", _l("For workers")),
)
MENUS: dict[Role, tuple[tuple[str, object], ...]] = {
    Role.WORKER: (
        ("matching.my_offers", _l("Offers")),
        ("gigs.mine", _l("My gigs")),
        ("hours.index", _l("My hours")),
        ("earnings.mine", _l("My money and limits")),
        ("pay.mine", _l("My pay")),
        ("people.me", _l("My details")),
    ),
    Role.ORDERER: (
        ("intake.mine", _l("My orders")),
        ("intake.new", _l("Order a job")),
        ("hours.to_confirm", _l("Hours to confirm")),
        ("billing.mine", _l("Invoices")),
    ),
    Role.COORDINATOR: (
        ("intake.queue", _l("Orders")),
        ("gigs.index", _l("Gigs")),
        ("workers.index", _l("Workers")),
        ("hours.queue", _l("Hours")),
        ("earnings.warnings", _l("Limits")),
        ("billing.index", _l("Invoicing")),
        ("pay.index", _l("Pay")),
        ("reports.index", _l("Figures")),
    ),
    Role.SUPPORT: (
        ("people.supported", _l("People I support")),
        ("hours.index", _l("Their hours")),
        ("matching.support_time", _l("My support time")),
    ),
    Role.GUARDIAN: (("people.wards", _l("Person I look after")),),
    Role.UNIT_MANAGER: (("workers.index", _l("Workers")), ("gigs.of_unit", _l("Gigs"))),
    Role.ADMIN: (("admin.index", _l("Settings")),),
}
# Pages that belong under a menu entry though their address is another blueprint's.
SECTIONS = {
    "matching.my_offers": ("matching",),
    "hours.index": ("hours",),
    "earnings.mine": ("earnings", "what_if"),
    "people.me": ("people", "held", "told", "statement", "consents", "availability", "reports", "feedback"),
    "admin.index": ("admin",),
    "earnings.warnings": ("earnings",),
    "people.wards": ("people", "earnings", "what_if", "statement"),
    "intake.queue": ("orders", "organisations"),
    "intake.mine": ("orders", "organisations"),
    "gigs.index": ("gigs", "matching", "plans"),
    "workers.index": (
        *("workers", "held", "told", "statement", "consents", "support", "availability"),
        *("reports", "feedback"),
    ),
    "billing.index": ("billing", "billing_settings", "payments", "books", "einvoices", "card"),
    "pay.index": ("pay", "pay_limits", "pay_refusals", "pay_returns", "payee", "pay_years", "register"),
    "hours.queue": ("hours",),
    "people.supported": ("people", "held", "told", "statement"),
}
LANGUAGE_MARKS = {"fi@easy": "fi"}


@dataclass(frozen=True)
class Frame:
    """The facts that base.html shows around a page."""

    html_language: str
    languages: tuple[tuple[str, str, str, bool], ...]
    navigation: tuple[Link, ...]
    name: str
    here: str
    demo: bool
    home_url: str
    sign_in_url: str
    sign_out_url: str
    account_url: str
    language_url: str
    order_url: str
    become_url: str
    mailbox_url: str
    contact_url: str
    accessibility_url: str
    privacy_url: str


def page_frame() -> dict[str, Frame]:
    """The context processor: `frame` for every template."""
    actor = getattr(g, "actor", None) or visitor(texts.language())
    return {"frame": frame_for(actor)}


def frame_for(actor: Actor) -> Frame:
    """The frame of a page that `actor` reads now."""
    demo = current_app.config["JOBCENTER"].demo
    return Frame(
        html_language=texts.html_language(),
        languages=_languages(),
        navigation=tuple(navigation_for(actor)),
        name=actor.name if actor.is_signed_in else "",
        here=_here(),
        demo=demo,
        home_url=url_for("home.index"),
        sign_in_url=url_for("auth.sign_in"),
        sign_out_url=url_for("auth.sign_out"),
        account_url=url_for("auth.account"),
        language_url=url_for("auth.set_language"),
        order_url=url_for("intake.new"),
        become_url=url_for("demo.become") if demo else "",
        mailbox_url=url_for("demo.mailbox") if demo else "",
        contact_url=url_for("home.contact"),
        accessibility_url=url_for("home.accessibility"),
        privacy_url=url_for("home.privacy"),
    )


def navigation_for(actor: Actor) -> list[Link]:
    """The menu as (label, url, is current): the first page, then the pages of each of the actor's roles, each once."""
    entries = [HOME, *(VISITORS if not actor.is_signed_in else _menus(actor))]
    labels = dict(entries)
    current = _current(list(labels))
    return [(str(label), url_for(endpoint), endpoint == current) for endpoint, label in labels.items()]


def _menus(actor: Actor) -> list[tuple[str, object]]:
    return [entry for role, menu in MENUS.items() if actor.has(role) for entry in menu]


def _current(endpoints: list[str]) -> str | None:
    """The menu entry that is being read, or else the one under which the page belongs."""
    if request.endpoint in endpoints:
        return request.endpoint
    return next((endpoint for endpoint in endpoints if request.blueprint in SECTIONS.get(endpoint, ())), None)


def _languages() -> tuple[tuple[str, str, str, bool], ...]:
    now = texts.language()
    return tuple((code, name, LANGUAGE_MARKS.get(code, code), code == now) for code, name in texts.offered())


def _here() -> str:
    """Where to return after the language is changed: this page if it can be read, else the first page."""
    if request.url_rule is not None and "GET" in request.url_rule.methods:
        return request.full_path.removesuffix("?")
    return "/"
