"""The stand-in over HTTP: the calls of Stripe's API that the product makes, and the page on which a card is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, redirect, render_template, request

from jobcenter.billing.card.stripe_house import API_VERSION
from jobcenter.demo.cardhouse import shapes
from jobcenter.demo.cardhouse.house import House, Refused, json_of
from jobcenter.demo.cardhouse.shapes import Params, WrongParameter
from jobcenter.demo.cardhouse.store import Thing

TEST_KEY = "sk_test_"
PAID_CARD = "4242 4242 4242 4242"


def create_card_house(house: House) -> Flask:
    """The stand-in as an application of its own, beside the product's."""
    app = Flask(__name__)
    app.config["HOUSE"] = house
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(WrongParameter, _wrong_parameter)
    app.before_request(_check_caller)
    _add_api(app)
    app.add_url_rule("/pay/<session_id>", "page", _page)
    app.add_url_rule("/pay/<session_id>", "pay", _pay, methods=["POST"])
    return app


def _add_api(app: Flask) -> None:
    def post(rule: str, shape: type, answer: Callable[..., Thing]) -> None:
        app.add_url_rule(f"/v1/{rule}", f"post {rule}", _posting(shape, answer), methods=["POST"])

    def get(rule: str, shape: type, answer: Callable[..., Thing]) -> None:
        app.add_url_rule(f"/v1/{rule}", f"get {rule}", _getting(shape, answer))

    post("checkout/sessions", shapes.SESSION, lambda params: _house().open_page(params, _base_url()))
    post("checkout/sessions/<id>/expire", shapes.EXPIRE, lambda _params, id: _house().expire(id))
    post("payment_intents/<id>/capture", shapes.CAPTURE, _capture)
    post("payment_intents/<id>/cancel", shapes.CANCEL, _cancel)
    post("refunds", shapes.REFUND, _refund)
    get("checkout/sessions/<id>", shapes.PAGE, lambda _params, id: _house().session(id))
    get("payment_intents", shapes.LIST, _list_intents)
    get("payment_intents/<id>", shapes.RETRIEVE, _retrieve)
    get("disputes", shapes.DISPUTES, _list_disputes)
    get("payouts", shapes.PAYOUTS, _list_payouts)
    get("balance_transactions", shapes.BALANCE, _list_balance)


def _capture(params: Params, id: str) -> Thing:
    return _house().capture(id, params.get("amount_to_capture"))


def _cancel(params: Params, id: str) -> Thing:
    return _house().cancel(id, params.get("cancellation_reason"))


def _refund(params: Params) -> Thing:
    return _house().refund(params["payment_intent"], params.get("amount"))


def _retrieve(params: Params, id: str) -> Thing:
    intent = _house().intent(id)
    return _house().with_charge(intent) if "latest_charge" in params.get("expand", ()) else intent


def _list_intents(params: Params) -> Thing:
    found = _house().intents_since(params.get("created", {}).get("gte", 0))
    whole = _house().with_charge if "data.latest_charge" in params.get("expand", ()) else None
    return _listed("payment_intents", found, params, whole)


def _list_disputes(params: Params) -> Thing:
    return _listed("disputes", _house().disputes_since(params.get("created", {}).get("gte", 0)), params)


def _list_payouts(params: Params) -> Thing:
    return _listed("payouts", _house().payouts_since(params.get("arrival_date", {}).get("gte", 0)), params)


def _list_balance(params: Params) -> Thing:
    whole = _house().with_source if "data.source" in params.get("expand", ()) else None
    return _listed("balance_transactions", _house().moved_in(params["payout"]), params, whole)


def _listed(name: str, found: list[Thing], params: Params, whole: Callable[[Thing], Thing] | None = None) -> Thing:
    """One page of a list, the newest first, those after `starting_after` only; each thing made `whole`."""
    after = params.get("starting_after")
    start = next((place for place, thing in enumerate(found, start=1) if thing["id"] == after), 0)
    size = params.get("limit", 10)
    piece = found[start : start + size]
    data = [whole(thing) for thing in piece] if whole else piece
    return {"object": "list", "url": f"/v1/{name}", "has_more": len(found) > start + size, "data": data}


# The calls


def _posting(shape: type, answer: Callable[..., Thing]) -> Callable[..., Response]:
    """A call that changes something: its parameters are checked, and an idempotency key is answered once."""

    def view(**names: str) -> Response:
        key, asked = request.headers.get("Idempotency-Key", ""), f"{request.path} {request.get_data(as_text=True)}"
        if key and (before := _house().store.answered(key)):
            return _answer_again(before, asked)
        params = shapes.check(shapes.nested(request.form.items(multi=True)), shape)
        body = json_of(answer(params, **names))
        if key:
            _house().store.keep_answer(key, asked, HTTPStatus.OK, body)
        return _json(body)

    return view


def _getting(shape: type, answer: Callable[..., Thing]) -> Callable[..., Response]:
    def view(**names: str) -> Response:
        params = shapes.check(shapes.nested(request.args.items(multi=True)), shape)
        return _json(json_of(answer(params, **names)))

    return view


def _answer_again(before: tuple[str, int, str], asked: str) -> Response:
    asked_before, status, body = before
    if asked != asked_before:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            "idempotency_error",
            "Keys for idempotent requests can only be used with the same parameters they were first used with",
        )
    return _json(body, status, {"Idempotent-Replayed": "true"})


def _check_caller() -> None:
    """Only a test key comes in, and only with the API version that the product pins."""
    if not request.path.startswith("/v1/"):
        return
    if not request.headers.get("Authorization", "").startswith(f"Bearer {TEST_KEY}"):
        raise Refused(HTTPStatus.UNAUTHORIZED, "invalid_request_error", "Invalid API key")
    if request.headers.get("Stripe-Version") != API_VERSION:
        raise Refused(HTTPStatus.BAD_REQUEST, "invalid_request_error", "Another API version than the pinned one")


def _refused(error: Refused) -> Any:
    if request.path.startswith("/pay/") and error.status != HTTPStatus.NOT_FOUND:
        return _payment_page(request.path.rsplit("/", 1)[-1], str(error)), error.status
    return _json(json_of({"error": {"type": error.kind, "message": str(error)}}), error.status)


def _wrong_parameter(error: WrongParameter) -> Response:
    fault = {"type": "invalid_request_error", "message": str(error), "param": error.path}
    return _json(json_of({"error": fault}), HTTPStatus.BAD_REQUEST)


# The page


def _page(session_id: str) -> str:
    return _payment_page(session_id, "")


def _pay(session_id: str) -> Any:
    if "leave" in request.form:
        return redirect(_house().session(session_id)["cancel_url"], HTTPStatus.SEE_OTHER)
    session = _house().pay(session_id, request.form.get("card", ""))
    return redirect(session["success_url"], HTTPStatus.SEE_OTHER)


def _payment_page(session_id: str, refusal: str) -> str:
    session = _house().session(session_id)
    amount = f"{session['amount_total'] // 100},{session['amount_total'] % 100:02d} €"
    return render_template("pay.html", session=session, amount=amount, refusal=refusal, card=PAID_CARD)


def _house() -> House:
    return current_app.config["HOUSE"]


def _base_url() -> str:
    return request.host_url.rstrip("/") + request.script_root


def _json(body: str, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, status, {"Request-Id": "req_stand_in", **(headers or {})}, mimetype="application/json")
