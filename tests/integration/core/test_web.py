"""What every page gets: headers, error pages in the reader's language, limits on size."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobcenter.core import web
from tests import factories_doors as doors

MEGABYTE = 1024 * 1024


def test_security_headers(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Strict-Transport-Security" not in headers


def test_cookies(app: Flask, client: FlaskClient) -> None:
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    with doors.like(app, secure_cookies=True) as behind_https:
        response = behind_https.test_client().get("/sign-in", base_url="https://localhost")
    assert "Secure" in response.headers["Set-Cookie"] and "Strict-Transport-Security" in response.headers


def test_the_database_answers(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Sivua ei löytynyt"), ("en", "Page not found"), ("sv", "Sidan hittades inte")]
)
def test_not_found_in_every_language(client: FlaskClient, language: str, title: str) -> None:
    client.post("/language", data={"language": language})
    response = client.get("/no-such-page")
    assert response.status_code == 404 and f"<h1>{title}</h1>" in response.text


def test_every_error_has_a_page(app: Flask) -> None:
    for status in (*web.TITLES, 418, 502):
        with app.test_request_context("/"):
            app.preprocess_request()
            page, answered = web.error_page(status)
        assert answered == status and "<h1>" in page


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    response = client.get("/sign-out")
    assert response.status_code == 405 and "POST" in response.headers["Allow"]


def test_a_form_without_token_is_refused_kindly(client: FlaskClient) -> None:
    response = client.post("/sign-in", data={"email": "a@example.fi"}, token=False)
    assert response.status_code == 400 and "ladata uudelleen" in response.text


def test_a_field_of_ten_megabytes_is_refused_and_the_rest_is_kept(client: FlaskClient) -> None:
    response = client.post("/sign-in", data={"email": "Åke@Example.fi", "password": "x" * 10 * MEGABYTE})
    assert response.status_code == 422
    assert "åke@example.fi" in response.text and "Lyhennä tätä" in response.text


def test_more_than_that_gives_a_page_too(client: FlaskClient) -> None:
    response = client.post("/sign-in", data={"email": "x" * 17 * MEGABYTE})
    assert response.status_code == 413 and "Lähetit kerralla liian paljon" in response.text


@pytest.mark.parametrize("text", ["a\0b", "\x1b[2J"])
def test_control_characters_are_refused(client: FlaskClient, text: str) -> None:
    response = client.post("/sign-in", data={"email": text, "password": text})
    assert response.status_code == 422 and "\0" not in response.text


def test_a_file_in_a_text_field_is_nothing(client: FlaskClient) -> None:
    response = client.post("/sign-in", data={"email": (BytesIO(b"x"), "x.txt"), "password": "x"})
    assert response.status_code == 422


def test_full_addresses_need_no_request(app: Flask) -> None:
    with doors.like(app, base_url="https://jobcenter.example/fi") as elsewhere, elsewhere.app_context():
        url = web.absolute_url("auth.enter", token="abc")
    assert url == "https://jobcenter.example/fi/enter/abc"
