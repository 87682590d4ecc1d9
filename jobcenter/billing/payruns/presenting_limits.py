"""What the day of payment does to each worker's benefits, in words for the coordinator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.billing.payruns.domain_limits import Choice, DayEffect
from jobcenter.core import texts
from jobcenter.earnings.presenting_effects import labels


@dataclass(frozen=True)
class LimitLine:
    """One worker whom the day takes over a limit; `may_wait`: the next pay day would not."""

    worker_id: int
    name: str
    sentence: str
    may_wait: bool


@dataclass(frozen=True)
class LimitsOfDay:
    """What a pay day does: whom it takes over a limit, of whom nobody knows, how many it leaves in peace."""

    lines: tuple[LimitLine, ...]
    not_known: tuple[str, ...]
    spared: int

    @property
    def worker_ids(self) -> list[int]:
        """Whose hours can wait for the next list."""
        return [line.worker_id for line in self.lines if line.may_wait]


def limits_of(choices: Iterable[Choice], names: Mapping[int, str]) -> LimitsOfDay:
    """The page's words, in the order of the choices."""
    choices = list(choices)
    lines = tuple(_line(each, names[each.worker_id]) for each in choices if each.concerns)
    not_known = tuple(names[each.worker_id] for each in choices if not each.concerns and each.chosen.not_known)
    return LimitsOfDay(lines, not_known, len(choices) - len(lines) - len(not_known))


def _line(choice: Choice, name: str) -> LimitLine:
    sentence = f"{_now(choice.chosen)} {_then(choice)}"
    return LimitLine(choice.worker_id, name, sentence, choice.may_wait)


def _now(effect: DayEffect) -> str:
    return _(
        "Paid on %(day)s it counts for %(month)s. That goes over: %(limits)s.",
        day=texts.day(effect.day),
        month=texts.month(effect.day),
        limits=", ".join(labels(effect.over)),
    )


def _then(choice: Choice) -> str:
    day, over = texts.day(choice.after.day), choice.after.over
    if choice.may_wait:
        return _("Paid on %(day)s nothing would go over.", day=day)
    if over:
        return _("Paid on %(day)s this would go over: %(limits)s.", day=day, limits=", ".join(labels(over)))
    return _("Nobody can tell what would happen on %(day)s: something about the benefits is not known.", day=day)
