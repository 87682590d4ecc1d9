"""The page checks catch what they are meant to catch."""

import pytest

from tests.pages import complaints

GOOD = """<!doctype html>
<html lang="fi"><head><title>Tilaukset – Jobcenter</title></head>
<body><h1>Tilaukset</h1>{}</body></html>"""


def test_a_good_page_gives_no_complaint():
    form = (
        '<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">'
        '<label for="a">Nimi</label><input id="a" name="a"><button>Tallenna</button></form>'
    )
    assert complaints(GOOD.format(form)) == []


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/x"><svg><title>Home</title></svg></a>',
        '<a href="/x"><img src="/x.png" alt="Home"></a>',
        '<button aria-label="Close"></button>',
        '<a id="top"></a>',
        "<label>Name <input name='a'></label>",
        "<input name='a' aria-label='Name'>",
        "<script>None</script>",
    ],
)
def test_what_is_told_in_another_way_gives_no_complaint(body: str):
    assert complaints(GOOD.format(body)) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<p>open <div>inside</div></p>", "invalid HTML"),
        ("<h1>Toinen</h1>", "2 h1"),
        ('<p id="a">a</p><p id="a">b</p>', "id 'a' stands 2 times"),
        ('<form method="post" action="/x"><button>Go</button></form>', "has no CSRF token"),
        ('<form><input name="name"></form>', "has no label"),
        ('<a href="/x"><svg></svg></a>', "has no words"),
        ("<p>None</p>", "leak in the text"),
        ("<p>Hello %(name)s</p>", "leak in the text"),
        ("<p>&lt;Order object at 1&gt;</p>", "leak in the text"),
        ("<p>Hello <b>you</b> Decimal('1')</p>", "leak in the text"),
        ("<!-- {{ name }} -->", "leak in the text"),
        ('<svg><text class="None">a</text></svg>', "leak in an attribute"),
        ("<textarea name='a'></textarea>", "textarea 'a' has no label"),
        ("<button name='a'> </button>", "button 'a' has no words"),
        ('<p title="None">x</p>', "leak in an attribute"),
    ],
)
def test_a_bad_page_is_caught(body: str, complaint: str):
    assert any(complaint in found for found in complaints(GOOD.format(body)))


def test_a_title_that_does_not_begin_with_the_heading_is_caught():
    page = GOOD.format("").replace("<title>Tilaukset", "<title>Muuta")
    assert any("does not begin" in found for found in complaints(page))


def test_a_page_without_language_is_caught():
    assert "the html element has no lang" in complaints(GOOD.format("").replace(' lang="fi"', ""))
