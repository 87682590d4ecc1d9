"""What the refusals that concern money in general are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "transfer_file_id_wrong": _l("The payment file needs an id of at most 35 plain letters and digits."),
    "transfer_no_payer": _l("The payment file does not say who pays. Give the Jobcenter's billing details."),
    "transfer_payer_iban_wrong": _l("The account from which is paid is missing or wrong. Correct the billing details."),
    "transfer_not_a_bank_day": _l("Banks do not pay on that day. Choose a bank day."),
    "transfer_nothing_to_pay": _l("There is nothing to pay in the file."),
    "transfer_id_wrong": _l("Two payments have the same id, or one has none: %(name)s."),
    "transfer_no_name": _l("The account holder's name is missing or longer than 70 characters: %(name)s."),
    "transfer_name_not_latin": _l("Banks take Latin letters only in an account holder's name: %(name)s."),
    "transfer_iban_wrong": _l("The bank account is missing or wrong: %(name)s."),
    "transfer_amount_wrong": _l("The amount is not above zero in whole cents: %(name)s."),
    "transfer_reference_wrong": _l("The reference number is wrong: %(name)s."),
    "transfer_reference_and_message": _l("A payment has a reference number or a message, not both: %(name)s."),
    "transfer_message_too_long": _l("The message is longer than 140 characters: %(name)s."),
}
