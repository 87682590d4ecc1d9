"""Banks' files for tests: account statements and notifications (camt), and files of reference payments (KTL)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jobcenter.billing.payments.statements import StatementKind

IBAN = "FI3715903000000776"
_KINDS = {
    StatementKind.CAMT_053: ("camt.053.001.02", "BkToCstmrStmt", "Stmt"),
    StatementKind.CAMT_054: ("camt.054.001.02", "BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def camt(*entries: str, kind: StatementKind = StatementKind.CAMT_053, iban: str = IBAN) -> bytes:
    """An account statement or notification with these entries."""
    name, message, part = _KINDS[kind]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}"><{message}><GrpHdr><MsgId>1</MsgId></GrpHdr><{part}>
<Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{"".join(entries)}</{part}></{message}></Document>""".encode()


def entry(
    amount: str,
    *,
    reference: str = "",
    message: str = "",
    archive: str = "",
    day: str = "2026-11-20",
    parts: Sequence[tuple[str, str, str]] = (),
    **odd: object,
) -> str:
    """One entry; `parts` are (amount, reference, archive name) of a sum."""
    parts = parts or ((amount, reference, archive),)
    details = "" if odd.get("batch") else "".join(_details(part, message, len(parts) > 1) for part in parts)
    batch = f"<Btch><NbOfTxs>{odd['batch']}</NbOfTxs></Btch>" if odd.get("batch") else ""
    return (
        f'<Ntry><Amt Ccy="{odd.get("currency", "EUR")}">{amount}</Amt>'
        f"<CdtDbtInd>{odd.get('indicator', 'CRDT')}</CdtDbtInd>"
        + ("<RvslInd>true</RvslInd>" if odd.get("reversal") else "")
        + f"<Sts>{odd.get('status', 'BOOK')}</Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<NtryDtls>{batch}{details}</NtryDtls></Ntry>"
    )


def _details(part: tuple[str, str, str], message: str, of_sum: bool) -> str:
    amount, reference, archive = part
    told = f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>' if of_sum else ""
    refs = f"<Refs><AcctSvcrRef>{archive}</AcctSvcrRef></Refs>" if archive else ""
    structured = f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>" if reference else ""
    free = f"<Ustrd>{message}</Ustrd>" if message else ""
    return (
        f"<TxDtls>{refs}{told}<RltdPties><Dbtr><Nm>Kahvila Kaisla Oy</Nm></Dbtr></RltdPties>"
        f"<RmtInf>{free}{structured}</RmtInf></TxDtls>"
    )


def ktl_payment(amount: str, reference: str, archive: str, *, correction: str = "0", iban: str = IBAN) -> str:
    """One record of a reference payment, 90 characters."""
    cents, payer = int(Decimal(amount) * 100), "Kahvila Kaisla Oy"[:12]
    return f"3{iban[4:]}261120261120{archive:<16}{reference:0>20}{payer:<12}1 {cents:010d}{correction}J "


def ktl(*payments: str) -> bytes:
    """A file of reference payments."""
    total = sum(int(payment[77:87] or 0) for payment in payments)
    lines = [f"{'02611200800 1234567891':<90}", *payments, f"{f'9{len(payments):06d}{total:011d}{0:017d}':<90}"]
    return "\r\n".join(lines).encode("iso-8859-1")
