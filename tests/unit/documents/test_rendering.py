"""Every document is tagged, titled, in its language, the same each time, and takes any text as text."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from jobcenter.documents import rendering
from tests.unit.documents import samples


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


@pytest.mark.parametrize("document", samples.each(), ids=lambda document: document.template)
def test_document_is_tagged_titled_and_in_its_language(document):
    reader = read(rendering.render(document))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"].startswith("fi")
    assert reader.metadata.title == document.frame.title


@pytest.mark.parametrize("document", samples.each(), ids=lambda document: document.template)
def test_text_that_looks_like_code_comes_out_as_text(document):
    assert samples.NAME in text_of(rendering.render(document))


@pytest.mark.parametrize("document", samples.each(), ids=lambda document: document.template)
def test_same_data_gives_same_bytes(document):
    assert rendering.render(document) == rendering.render(document)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Åke Öhman-Šimek", "Åke Öhman-Šimek"),
        ("Иван Ωmega", "Иван Ωmega"),
        ("Matti 😀", "Matti"),
        ("Matti \U000f0000\x00\x07\ud83d", "Matti"),
        ("Matti 漢字", "Matti"),
        ("Pay \u202e00,01", "Pay 00,01"),
        ("two\nlines", "two lines"),
        ("`raw` *bold* _em_ @ref <label> \\", "`raw` *bold* _em_ @ref <label> \\"),
    ],
)
def test_any_name_can_be_printed(name, shown):
    document = replace(samples.certificate(), person=name)
    assert shown in text_of(rendering.render(document))


def test_character_without_a_font_becomes_a_square_and_the_rest_stays(monkeypatch):
    monkeypatch.setattr(rendering, "_fonts", lambda: rendering.typst.Fonts(include_system_fonts=False))
    shown = text_of(rendering.render(replace(samples.certificate(), person="Šimek 漢")))
    assert "Šimek" in shown
    assert "漢" not in shown


def test_plain_finnish_is_marked_as_finnish():
    document = replace(samples.certificate(), frame=samples.frame(language="fi@easy"))
    assert read(rendering.render(document)).trailer["/Root"]["/Lang"].startswith("fi")


def test_long_invoice_repeats_its_headings_and_numbers_its_pages():
    invoice = samples.invoice()
    pages = read(rendering.render(replace(invoice, rows=invoice.rows * 120))).pages
    assert len(pages) > 2
    assert all("€/h" in page.extract_text() for page in pages[:3])
    assert f"Sivu 2 / {len(pages)}" in pages[1].extract_text()


def test_template_cannot_read_outside_its_folder(tmp_path, monkeypatch):
    (tmp_path / "leak.typ").write_text('#read("/etc/passwd")', encoding="utf-8")
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)
    with pytest.raises(rendering.typst.TypstError):
        rendering.render_pdf("leak.typ", {}, dated=samples.frame().dated)
