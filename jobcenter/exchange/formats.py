"""The files of an exchange and their columns: the one description that import, export and `docs/import.md` share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import (
    BenefitKind,
    ContractForm,
    Household,
    JobseekerStatus,
    MunicipalityGroup,
    PaymentPeriod,
)
from jobcenter.billing.shares.forms import COST_CENTRE_LENGTH, REFERENCE_LENGTH
from jobcenter.exchange.domain import (
    LONG_LIMIT,
    Column,
    choice,
    choices,
    clock_time,
    day,
    euros,
    hours,
    name,
    names,
    percent,
    phone,
    text,
    whole,
    yes_no,
)
from jobcenter.exchange.papers import document
from jobcenter.orders.gigs.domain import MOST_PEOPLE, GigStatus
from jobcenter.orders.hours.domain import LONGEST
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.workers.domain import Demand, Skill, TaskCategory
from jobcenter.workers.statement.domain import Told

USUAL_WISHED_MINUTES = 4 * 60
USUAL_MOST_MINUTES = 8 * 60
LONGEST_BREAK = 240
MOST_AT_HOME = 30
MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class Format:
    """One file: its name, its columns, and the columns that name a row for good."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> list[str]:
        """The column names in their order."""
        return [column.name for column in self.columns]


JOBCENTERS = Format(
    "jobcenters.csv",
    (
        name("slug", required=True),
        name("name", required=True),
        choice("kind", JobcenterKind, required=True),
        text("area"),
        phone("phone"),
        name("email", required=True),
        name("street"),
        name("postcode"),
        name("city"),
        name("business_id"),
        name("iban"),
        name("bic"),
        name("partner_name"),
        name("partner_business_id"),
    ),
    key=("slug",),
)

ORGANISATIONS = Format(
    "organisations.csv",
    (
        name("jobcenter", required=True),
        name("ref", required=True),
        choice("kind", OrganisationKind, required=True),
        name("name", required=True),
        name("business_id"),
        name("email"),
        phone("phone"),
        name("street"),
        name("postcode"),
        name("city"),
        name("einvoice_address"),
        name("einvoice_operator"),
        text("invoice_reference"),
        name("cost_centre"),
    ),
    key=("jobcenter", "ref"),
)

WORKERS = Format(
    "workers.csv",
    (
        name("jobcenter", required=True),
        name("ref", required=True),
        name("given_name", required=True),
        name("family_name", required=True),
        name("email"),
        phone("phone"),
        name("language"),
        day("born"),
        yes_no("active", empty=True),
        day("ready_since"),
        day("service_ends_on"),
        hours("weekly_hours_wished", USUAL_WISHED_MINUTES),
        hours("weekly_hours_most", USUAL_MOST_MINUTES),
        yes_no("needs_support"),
        choices("tasks", TaskCategory),
        choices("skills", Skill),
        choices("cannot", Demand),
        choice("jobseeker", JobseekerStatus, empty=JobseekerStatus.UNKNOWN),
        day("benefits_asked_on"),
        day("takes_part_since"),
    ),
    key=("jobcenter", "ref"),
)

BENEFITS = Format(
    "benefits.csv",
    (
        name("jobcenter", required=True),
        name("worker", required=True),
        choice("kind", BenefitKind, required=True),
        day("starts_on"),
        day("ends_on"),
        euros("decided_annual_income"),
        euros("personal_limit"),
        euros("confirmed_yel_income"),
        yes_no("blind_or_immobile", empty=None),
        yes_no("granted_on_disability", empty=None),
        choice("household", Household),
        choice("municipality_group", MunicipalityGroup),
        euros("housing_costs_month"),
        euros("annual_income_other"),
        euros("decided_monthly_income"),
        euros("other_income_month"),
        euros("rent"),
        whole("adults", 1, MOST_AT_HOME),
        whole("children", 0, MOST_AT_HOME),
        day("decided_on"),
        choice("period", PaymentPeriod),
        whole("dependants", 0, MOST_AT_HOME),
        euros("net_pay_other"),
        whole("aid_months", 0, MONTHS_OF_YEAR),
        name("told_by"),
        day("told_on", required=True),
    ),
    key=("jobcenter", "worker", "kind", "starts_on"),
)

TOLD_INCOME = Format(
    "told_income.csv",
    (
        name("jobcenter", required=True),
        name("worker", required=True),
        name("what", required=True),
        choice("contract", ContractForm, required=True),
        yes_no("monthly"),
        euros("gross", required=True),
        euros("net"),
        day("starts_on", required=True),
        day("ends_on"),
        name("told_by"),
        day("told_on", required=True),
    ),
    key=("jobcenter", "worker", "what", "contract", "monthly", "gross", "net", "starts_on", "ends_on"),
)

STATEMENTS = Format(
    "statements.csv",
    (
        name("jobcenter", required=True),
        name("worker", required=True),
        day("done_on", required=True),
        clock_time("done_at", required=True),
        day("review_on", required=True),
        name("written_by"),
        day("consent_since"),
        document("told", Told, required=True),
    ),
    key=("jobcenter", "worker", "done_on", "done_at"),
)

ORDERS = Format(
    "orders.csv",
    (
        name("jobcenter", required=True),
        name("ref", required=True),
        name("organisation", required=True),
        choice("category", TaskCategory, required=True),
        name("title", required=True),
        text("description", LONG_LIMIT),
        name("place_name"),
        name("street"),
        name("postcode"),
        name("city"),
        name("contact_name"),
        phone("contact_phone"),
        choices("demands", Demand),
        choices("skills", Skill),
        whole("people", 1, MOST_PEOPLE, required=True),
        choice("contract_form", ContractForm, required=True),
        euros("agreed_price"),
        text("price_reason"),
        text("invoice_reference"),
        name("cost_centre"),
        name("order_number"),
        day("ordered_on", required=True),
        yes_no("closed"),
    ),
    key=("jobcenter", "ref"),
)

GIGS = Format(
    "gigs.csv",
    (
        name("jobcenter", required=True),
        name("ref", required=True),
        name("order", required=True),
        day("day", required=True),
        clock_time("starts", required=True),
        clock_time("ends", required=True),
        whole("break_minutes", 0, LONGEST_BREAK, empty=0),
        whole("people", 1, MOST_PEOPLE, required=True),
        choice("status", GigStatus, required=True),
    ),
    key=("jobcenter", "ref"),
)

PAYERS = Format(
    "payers.csv",
    (
        name("jobcenter", required=True),
        name("order", required=True),
        name("organisation", required=True),
        percent("percent", required=True),
        text("cost_centre", COST_CENTRE_LENGTH),
        text("reference", REFERENCE_LENGTH),
        names("gigs"),
        day("agreed_on", required=True),
        text("agreed_with", required=True),
    ),
    key=("jobcenter", "order", "organisation", "cost_centre", "reference"),
)

HOURS = Format(
    "hours.csv",
    (
        name("jobcenter", required=True),
        name("ref", required=True),
        name("gig", required=True),
        name("worker", required=True),
        day("day", required=True),
        clock_time("starts", required=True),
        clock_time("ends", required=True),
        whole("break_minutes", 0, LONGEST_BREAK, empty=0),
        name("logged_by"),
        name("confirmed_by"),
        day("confirmed_on"),
        yes_no("invoiced"),
        day("paid_on"),
        name("corrects"),
        whole("unbilled_minutes", 0, LONGEST // timedelta(minutes=1), empty=0),
    ),
    key=("jobcenter", "ref"),
)

FORMATS = (JOBCENTERS, ORGANISATIONS, WORKERS, BENEFITS, TOLD_INCOME, STATEMENTS, ORDERS, GIGS, PAYERS, HOURS)
