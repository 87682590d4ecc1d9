"""What the soft rules are called, and what they say of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.soft import Share, Word
from jobcenter.workers.messages import SKILLS, TASKS

SOFT_NAMES = {
    Part.FAIR_SHARE: _l("Fair share of gigs"),
    Part.WISHES_TASKS: _l("Wished task"),
    Part.WISHES_TIMES: _l("Wished time"),
    Part.WISHES_AREAS: _l("Wished area"),
    Part.PRACTISE: _l("Something to practise"),
    Part.SAME_FACES: _l("Familiar to the orderer"),
    Part.FEEDBACK: _l("Earlier feedback"),
    Part.LIKES: _l("Likes the company"),
    Part.NEWCOMER_BESIDE_EXPERIENCED: _l("A newcomer beside an experienced person"),
    Part.NEAR: _l("Short way"),
    Part.KEEP_HEADROOM: _l("Room under earnings limits"),
}

SOFT_HINTS = {
    Part.FAIR_SHARE: _l("Who has had few hours in the last four weeks, and has few agreed, comes first."),
    Part.WISHES_TASKS: _l("The person has wished for this kind of task."),
    Part.WISHES_TIMES: _l("The weekday and the time of day are those that the person has wished for."),
    Part.WISHES_AREAS: _l("The gig is in an area in which the person has wished to work."),
    Part.PRACTISE: _l("The person can practise a task or a skill that they want to become better at."),
    Part.SAME_FACES: _l("The person has been at this orderer before."),
    Part.FEEDBACK: _l("What this orderer has said of the person before. Without feedback one stands in the middle."),
    Part.LIKES: _l("Somebody is coming with whom the person likes to work."),
    Part.NEWCOMER_BESIDE_EXPERIENCED: _l("Somebody who is new to gigs is paired with somebody who has done several."),
    Part.NEAR: _l("The person lives near, as far as postcodes tell. No map is used."),
    Part.KEEP_HEADROOM: _l("After the gig enough hours are left before the person's tightest earnings limit."),
}

WORDS = {
    Word.NO_GIGS_LATELY: _l("No gigs in four weeks and none ahead"),
    Word.GIGS_LATELY: _l("%(minutes)s in four weeks and ahead"),
    Word.TASK_WISHED: _l("Has wished for this task"),
    Word.TASK_NOT_ASKED: _l("No wish about this task"),
    Word.TASK_NOT_WISHED: _l("Has wished for other tasks"),
    Word.TIME_WISHED: _l("Has wished for this time"),
    Word.TIME_PARTLY_WISHED: _l("The day or the time of day is as wished, not both"),
    Word.TIME_NOT_WISHED: _l("Has wished for other times"),
    Word.TIME_NOT_ASKED: _l("No wish about times"),
    Word.AREA_WISHED: _l("Wishes to work in %(area)s"),
    Word.AREA_NOT_WISHED: _l("Has wished for other areas"),
    Word.AREA_NOT_ASKED: _l("No wish about areas"),
    Word.AREA_NOT_KNOWN: _l("The area of the place is not known"),
    Word.PRACTISES: _l("Can practise: %(what)s"),
    Word.NOTHING_TO_PRACTISE: _l("Nothing here that they want to practise"),
    Word.NEW_HERE: _l("First time at this orderer"),
    Word.RATED_WELL: _l("Good feedback from this orderer"),
    Word.RATED_MIDDLING: _l("Middling feedback from this orderer"),
    Word.RATED_BADLY: _l("It has not gone well at this orderer"),
    Word.NOT_RATED: _l("No feedback from this orderer yet"),
    Word.LIKES_COMPANY: _l("Likes to work with %(names)s"),
    Word.NO_FRIENDS_ALONG: _l("Nobody is coming with whom they like to work"),
    Word.BESIDE_EXPERIENCED: _l("New to gigs; somebody experienced is coming"),
    Word.BESIDE_NEWCOMER: _l("Experienced; somebody new is coming"),
    Word.NO_PAIRING: _l("No pair of a newcomer and an experienced person"),
    Word.LIVES_HERE: _l("Lives very near"),
    Word.LIVES_NEAR: _l("Lives near"),
    Word.SAME_REGION: _l("Lives in the same postal region"),
    Word.LIVES_FAR: _l("Lives far away"),
    Word.HOME_NOT_KNOWN: _l("The way is not known"),
    Word.NO_LIMIT: _l("No earnings limit is in the way"),
    Word.HEADROOM_NOT_KNOWN: _l("Room under limits is not known"),
}


def words(share: Share, names: Mapping[Any, str]) -> str:
    """What a soft rule says of somebody; `names` of the people who are on the gig."""
    if share.word in _COUNTED:
        return _COUNTED[share.word](share.facts)
    facts = dict(share.facts)
    if share.word is Word.GIGS_LATELY:
        facts = {"minutes": texts.hours(facts["minutes"] // timedelta(minutes=1))}
    elif share.word is Word.PRACTISES:
        facts = {"what": _what(facts)}
    elif share.word is Word.LIKES_COMPANY:
        known = [names[one] for one in facts["people"] if one in names]
        facts = {"names": ", ".join(known) or _("somebody who is coming")}
    return str(WORDS[share.word]) % facts


def _what(facts: Mapping[str, Any]) -> str:
    if "task" in facts:
        return str(TASKS[facts["task"]]).lower()
    return ", ".join(str(SKILLS[skill]).lower() for skill in facts["skills"])


def _done(facts: Mapping[str, Any]) -> str:
    times = facts["times"]
    return ngettext("Wished task; has done it once", "Wished task; has done it %(num)d times", times)


def _been_here(facts: Mapping[str, Any]) -> str:
    times = facts["times"]
    return ngettext("Has been at this orderer once", "Has been at this orderer %(num)d times", times)


def _headroom(facts: Mapping[str, Any]) -> str:
    hours = facts["hours"]
    return ngettext("%(num)d hour of headroom after this gig", "%(num)d hours of headroom after this gig", hours)


_COUNTED = {
    Word.TASK_WISHED_AND_DONE: _done,
    Word.KNOWN_HERE: _been_here,
    Word.HOURS_OF_HEADROOM: _headroom,
}
