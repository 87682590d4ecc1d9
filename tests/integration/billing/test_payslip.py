"""The worker's payslip: page and paper, and who finds nothing."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from jobcenter.auth.domain import Role
from jobcenter.billing.payruns import service
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.billing.payruns.models import EnforcementOrder, PayItem
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from tests import factories
from tests.factories_billing import tax_card

PAY_DAY = date(2026, 11, 30)


def text_of(pdf):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def listed(world, session):
    """Six hours with a tax card and a payment prohibition, on a list that is not paid."""
    world.worker.iban = "FI2112345600000785"
    tax_card(world.worker, rate="10")
    to = {"payee": "Ulosottolaitos", "iban": "FI3715903000000776", "reference": "12344", "told_by": "Kaisa"}
    figures = {"share_percent": Decimal("50"), "protected": Decimal("0"), "debt": Decimal("20.00")}
    since = {"valid_from": date(2026, 1, 1), "told_at": clock.now(), "worker_id": world.worker.id}
    factories.stored(EnforcementOrder(**to, **figures, **since))
    world.hours(date(2026, 11, 3))
    world.hours(date(2026, 11, 20))
    session.commit()
    with unit_of_work():
        run = service.make_run(world.coordinator, MakeRun(world.jobcenter.id, PAY_DAY, "one"))
    with unit_of_work():
        service.approve(world.second, run.id)
    return run, session.query(PayItem).one()


def pay(world, run):
    with clock.frozen(clock.start_of(PAY_DAY)), unit_of_work():
        service.mark_paid(world.coordinator, run.id)


def test_the_payslip_tells_each_step_on_page_and_paper(world, session, as_user):
    run, item = listed(world, session)
    path = f"/my-pay/{item.id}"
    worker = as_user(world.worker_user)
    assert worker.get(path).status_code == 404
    pay(world, run)
    assert path in worker.get("/my-pay").text
    page = worker.page(path).text
    paper = text_of(worker.get(f"{path}.pdf").data)
    for words in ("€60.00", "-€6.00", "-€20.00", "€34.00", "… 0785", "Ulosottolaitos", "November 2026", "10%"):
        assert words in page
        assert words in paper
    assert "FI21" not in page


def test_the_payslip_is_in_the_readers_swedish(world, session, as_user):
    run, item = listed(world, session)
    pay(world, run)
    world.worker_user.language = "sv"
    session.commit()
    paper = as_user(world.worker_user).get(f"/my-pay/{item.id}.pdf").data
    text = text_of(paper).replace("\u00a0", " ")
    for words in ("Arvodesspecifikation", "mån 30.11.2026", "Arvode före skatt", "60,00 €", "Sida 1 / 1"):
        assert words in text
    assert PdfReader(BytesIO(paper)).trailer["/Root"]["/Lang"] == "sv-FI"


def test_others_find_no_payslip(world, session, as_user):
    run, item = listed(world, session)
    pay(world, run)
    stranger = factories.someone(Role.WORKER, world.jobcenter, given_name="Vieras")
    factories.worker(world.jobcenter, stranger)
    session.commit()
    for address in (f"/my-pay/{item.id}", f"/my-pay/{item.id}.pdf"):
        assert as_user(stranger).get(address).status_code == 404
        assert as_user(world.coordinator_user).get(address).status_code == 403
