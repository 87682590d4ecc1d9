"""What a statement asks and says, in plain words, and its refusals."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.workers.domain import YesNoUnknown
from jobcenter.workers.messages import DOES_NOT_KNOW
from jobcenter.workers.statement.domain import Debt, Step, Topic

ERRORS = {
    "statement_needs_consent": _l(
        "The statement needs the person's own consent first. Nothing has been asked or written down."
    ),
    "statement_begun_already": _l("The statement has been begun already. You can go on with it."),
    "statement_not_begun": _l("No statement has been begun. It may be done already, or somebody threw the draft away."),
    "statement_unfinished": _l("Something has not been answered yet. “I don't know” is an answer too."),
    "statement_choose_benefits": _l("Choose at least one benefit, “none of these” or “I don't know”."),
    "statement_benefits_and_none": _l("Choose either benefits, or one of “none of these” and “I don't know”."),
    "statement_income_missing": _l("Add the income to the list first."),
    "statement_income_on_list": _l("There is income of this year on the list. Correct or remove it, or answer “yes”."),
    "review_day_over": _l("Give a day that is still to come."),
}

STEPS = {
    Step.CONSENT: _l("Consent"),
    Step.BENEFITS: _l("Benefits"),
    Step.DECISIONS: _l("Decisions"),
    Step.JOBSEEKER: _l("Work-seeking"),
    Step.INCOME: _l("Other income"),
    Step.DEBTS: _l("Debts"),
    Step.CHECK: _l("Check"),
}

# What a page is called; those about one benefit have its name in front.
TITLES = {
    Topic.BENEFITS: _l("Which benefits do you get?"),
    Topic.ENDED: _l("When did it end?"),
    Topic.DECISION: _l("What does the decision say?"),
    Topic.JOBSEEKER: _l("Are you an unemployed jobseeker?"),
    Topic.INCOME: _l("Have you got money from other work this year?"),
    Topic.DEBTS: _l("Do you have debts?"),
    Topic.ENFORCEMENT: _l("Debts in enforcement"),
    Topic.CHECK: _l("Is this right?"),
}

LEADS = {
    Topic.BENEFITS: _l("Tick all that you get now. The payment on your bank account tells who pays."),
    Topic.ENDED: _l("It was on your list before, and you did not tick it. Leave empty if you don't know the day."),
    Topic.DECISION: _l("Take the decision letter in your hand. Leave empty what you don't know: we find it out later."),
    Topic.JOBSEEKER: _l("This is about the register of the employment services."),
    Topic.INCOME: _l("Tell of work that is not from Jobcenter. Pay from Jobcenter's gigs is known already."),
    Topic.DEBTS: _l("Only what earnings may change is asked. You need not tell how much you owe, or to whom."),
    Topic.ENFORCEMENT: _l("Take the letter of the enforcement office in your hand. Leave empty what you don't know."),
    Topic.CHECK: _l("Read this through together. Nothing is in force before you press the button."),
}

# The same where a coordinator or a support person fills the pages in with the person: by name.
TITLES_ABOUT = {
    Topic.BENEFITS: _l("Which benefits does %(name)s get?"),
    Topic.JOBSEEKER: _l("Is %(name)s an unemployed jobseeker?"),
    Topic.INCOME: _l("Has %(name)s got money from other work this year?"),
    Topic.DEBTS: _l("Does %(name)s have debts?"),
}
LEADS_ABOUT = {
    Topic.BENEFITS: _l("Tick all that %(name)s gets now. The payment on the bank account tells who pays."),
    Topic.ENDED: _l(
        "It was on the list before, and was not ticked now. Leave empty if %(name)s does not know the day."
    ),
    Topic.DECISION: _l(
        "Look at the decision letter together. Leave empty what %(name)s does not know: it is found out later."
    ),
    Topic.DEBTS: _l("Only what earnings may change is asked. How much is owed, and to whom, need not be told."),
    Topic.ENFORCEMENT: _l(
        "Look at the letter of the enforcement office together. Leave empty what %(name)s does not know."
    ),
}
JOBSEEKER_ABOUT = {
    JobseekerStatus.REGISTERED: _l("Yes, registered as an unemployed jobseeker"),
    JobseekerStatus.NOT_REGISTERED: _l("Not registered"),
    JobseekerStatus.UNKNOWN: DOES_NOT_KNOW,
}
ENDED_ABOUT = _l("Leave empty if %(name)s does not know. The benefit then stays on the list for now.")
IN_ENFORCEMENT_ABOUT = _l("Are debts of %(name)s in enforcement (ulosotto)?")
TAKES_A_PART_ABOUT = _l("Then the enforcement office takes a part of the pay or pension.")
OTHER_DEBTS_ABOUT = _l("Has %(name)s agreed on other debts?")


PLAIN_BENEFITS = {
    BenefitKind.KELA_DISABILITY_PENSION: _l("Disability pension or rehabilitation subsidy from Kela"),
    BenefitKind.GUARANTEE_PENSION: _l("Guarantee pension: Kela makes a small pension bigger"),
    BenefitKind.TYEL_DISABILITY_PENSION: _l("Disability pension from a pension company: earned by working before"),
    BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION: _l("Partial disability pension from a pension company"),
    BenefitKind.PENSIONER_HOUSING_ALLOWANCE: _l("Pensioner's housing allowance: Kela helps a pensioner with the rent"),
    BenefitKind.GENERAL_HOUSING_ALLOWANCE: _l("General housing allowance: Kela helps with the rent"),
    BenefitKind.BASIC_SOCIAL_ASSISTANCE: _l("Basic social assistance: Kela pays when no other money is enough"),
    BenefitKind.LABOUR_MARKET_SUBSIDY: _l("Labour market subsidy: Kela's earlier benefit for jobseekers"),
    BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE: _l("Basic unemployment allowance: Kela's earlier benefit for jobseekers"),
    BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE: _l("Earnings-related allowance from an unemployment fund"),
    BenefitKind.GENERAL_BENEFIT: _l("General benefit: Kela's new benefit for jobseekers"),
    BenefitKind.STUDY_AID: _l("Study aid"),
    BenefitKind.SICKNESS_ALLOWANCE: _l("Sickness allowance"),
    BenefitKind.REHABILITATION_ALLOWANCE: _l("Rehabilitation allowance"),
}

NO_BENEFITS = {
    YesNoUnknown.NO: _l("None of these"),
    YesNoUnknown.UNKNOWN: _l("I don't know"),
}

JOBSEEKER_ANSWERS = {
    JobseekerStatus.REGISTERED: _l("Yes, I am registered as an unemployed jobseeker"),
    JobseekerStatus.NOT_REGISTERED: _l("No, I am not"),
    JobseekerStatus.UNKNOWN: _l("I don't know"),
}

INCOME_ANSWERS = {
    YesNoUnknown.YES: _l("Yes, and all of it is on the list"),
    YesNoUnknown.NO: _l("No other income from work"),
    YesNoUnknown.UNKNOWN: _l("I don't know"),
}

ENFORCEMENT_ANSWERS = {
    YesNoUnknown.YES: _l("Yes"),
    YesNoUnknown.NO: _l("No debts in enforcement"),
    YesNoUnknown.UNKNOWN: _l("I don't know"),
}

PAYMENT_PLAN_ABOUT = _l("A payment plan with somebody to whom money is owed")
DEBTS = {
    Debt.PAYMENT_PLAN: _l("A payment plan with somebody whom I owe"),
    Debt.RESTRUCTURING: _l("Debt restructuring (of a court)"),
}

# What is still to be found out, and where.
ASK_BENEFITS = _l("Ask Kela which benefits you get. Before that no gig on an assignment contract can be offered.")
ASK_JOBSEEKER = _l("Ask the employment services whether you are registered as a jobseeker.")
ASK_INCOME = _l("Find out what other work pays: it counts towards some limits.")
ASK_ENFORCEMENT = _l("Ask the enforcement office (ulosotto) whether you have debts there.")
ASK_DEBTS = {
    Debt.PAYMENT_PLAN: _l("Ask the debt counsellor what a gig does to your payment plan. The advice is free."),
    Debt.RESTRUCTURING: _l("Ask the debt counsellor what a gig does to your debt restructuring. The advice is free."),
}

# The same of a person, by name, for whoever fills in or reads the statement beside them.
GETS_BENEFITS_ABOUT = _l("Does %(name)s get benefits?")
ASK_BENEFITS_ABOUT = _l(
    "Ask Kela which benefits %(name)s gets. Before that no gig on an assignment contract can be offered."
)
ASK_JOBSEEKER_ABOUT = _l("Ask the employment services whether %(name)s is registered as a jobseeker.")
ASK_ENFORCEMENT_ABOUT = _l("Ask the enforcement office (ulosotto) whether %(name)s has debts there.")
ASK_DEBTS_ABOUT = {
    Debt.PAYMENT_PLAN: _l("Ask the debt counsellor what a gig does to the payment plan. The advice is free."),
    Debt.RESTRUCTURING: _l("Ask the debt counsellor what a gig does to the debt restructuring. The advice is free."),
}


def review_mail(*, given_name: str, link: str) -> Mail:
    """Tells the person that it is time to go through the statement again."""
    body = paragraphs(
        _("Hello %(name)s,", name=given_name),
        _("It is time to go through your income and debt statement again. Have your benefits or other income changed?"),
        _("You can do it alone, or with your coordinator or support person."),
        link,
        _("Jobcenter"),
    )
    return Mail(subject=_("Time for your income and debt statement"), body=body)


def reviews_mail(*, given_name: str, people: int, link: str) -> Mail:
    """Tells a coordinator how many statements are to be gone through again; no names."""
    body = paragraphs(
        _("Hello %(name)s,", name=given_name),
        _("Income and debt statements to go through again: %(num)s.", num=people),
        link,
        _("Jobcenter"),
    )
    return Mail(subject=_("Income and debt statements to go through again"), body=body)
