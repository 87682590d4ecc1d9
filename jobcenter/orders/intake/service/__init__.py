"""What happens to orders: written (`writing`), sent and confirmed (`sending`), handled by both sides, given terms."""

from jobcenter.orders.intake.service.handling import (
    answer_not_needed,
    cancel,
    close,
    decline,
    post_message,
    reopen,
    set_area,
    set_priority,
    take_over,
)
from jobcenter.orders.intake.service.sending import confirm, correct, is_newest_link, renew_confirmation, submit
from jobcenter.orders.intake.service.terms import (
    accept_by_link,
    accept_terms,
    ensure_terms,
    publish_terms,
    send_terms,
    take_back_terms,
)
from jobcenter.orders.intake.service.writing import (
    copy,
    discard,
    forget_old_drafts,
    keep_typed,
    place_order,
    save_part,
    start_draft,
)

__all__ = [
    "accept_by_link",
    "accept_terms",
    "answer_not_needed",
    "cancel",
    "close",
    "confirm",
    "copy",
    "correct",
    "decline",
    "discard",
    "ensure_terms",
    "forget_old_drafts",
    "is_newest_link",
    "keep_typed",
    "place_order",
    "post_message",
    "publish_terms",
    "renew_confirmation",
    "reopen",
    "save_part",
    "send_terms",
    "set_area",
    "set_priority",
    "start_draft",
    "submit",
    "take_back_terms",
    "take_over",
]
