"""The scan finds what was planted: a set made as the test runs, in the containers that people keep."""

import base64
import bz2
import gzip
import html
import io
import itertools
import json
import tarfile
import zipfile
import zlib
from email.message import EmailMessage

import pypdf
import pytest
import xlsxwriter

from seskit.formats import contents, grids, scanning
from seskit.formats.documents import Document, escaped
from seskit.formats.personal_data import SSN, column_kind
from tests import sheet_xml

NAMES = ["Avery Q. Adams", "Brown-Cole, José M.", "Pat O'Neil"]


def _number(n, *between):
    first, second = between if len(between) == 2 else (between or ("-",)) * 2
    return f"{900 + n % 90}{first}{11 + n % 80}{second}{3456 + n}"


def planted():
    """At least a hundred strings, each personal in its own spelling."""
    dashes = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\u02d7\u23af\u2e3a\u3030"
    made = [_number(n, dash) for n, dash in enumerate(dashes)]
    made += [_number(10, "."), _number(11, " "), _number(12, "\u00a0"), _number(13, "\u202f"), _number(14, "/")]
    made += [_number(15, " - "), _number(16, "-", " "), _number(17, "_"), _number(18, "\u2009"), _number(19, "--")]
    made += [
        _number(46, "\u200b-\u202e"),
        f"{_number(47, '')} (SSN)",
        f"{_number(48, '')} is the social security number",
    ]
    made += [f"{before}{_number(20 + n)}" for n, before in enumerate(("SSN", "SSN: ", "#", "No. ", "(", "id="))]
    made += [f"{before}{_number(30 + n, '')}" for n, before in enumerate(
        ("SSN ", "ssn: ", "S.S.N. ", "SSAN ", "Social Security No. ", "Social Security number is ", "Soc. Sec. # ",
         "SocSecNum=", "soc sec ", "SS# ", "social-security: ", "s.s. no. ", "social: "))]  # fmt: skip
    made += [f"xxx-xx-{n}" for n in (3456, 7788)] + [f"***-**-{n}" for n in (3457, 7789)] + [_number(45) + "A"]
    made += [f"{who}@{where}" for who, where in itertools.product(
        ("pat.lee", "p_lee+ses", "LEE", "o'neil"), ("agency.gov", "mail.example.com", "x.mil"))]  # fmt: skip
    made += ["pat.lee [at] agency [dot] gov", "mailto:lee@agency.gov"]
    made += ["(202) 555-" + "0142", "202-555-" + "0143", "202.555.0144", "202 555 " + "0145", "+1 202 555 0146",
             "1-202-555-" + "0147", "+44 20 7946 0958", "+12025550148", "Tel. 555-0149", "phone: 2025550150",
             "fax 202/555-0151", "(202)555-0152", "202\u2011555\u20110153", "call 555-0154", "mobile 202 555-0155",
             "telephone no. 5550156"]  # fmt: skip
    made += [f"{word} {day}" for word, day in itertools.product(
        ("DOB", "D.O.B.:", "Date of birth:", "born on", "birthdate", "Birth Date =", "birthday"),
        ("5/12/1960", "1960-05-12", "May 12, 1960", "12 May 1960"))]  # fmt: skip
    made += ["Avery Adams", "ADAMS, AVERY", "adams avery", "Avery Q. Adams", "Adams, Avery Q.", "avery adams", "José Brown",
             "Jose Brown-Cole", "BROWN-COLE, JOSE", "Pat O\u2019Neil", "O'NEIL, PAT", "Avery Quinn Adams"]  # fmt: skip
    return made


def harmless():
    """A hundred strings that look a little like it."""
    made = [f"${n:,}.00" for n in (129_800, 1_690_000, 87_540, 145_600, 200_000)]
    made += [f"{n} U.S.C. {section}" for n, section in ((5, 3131), (5, "4508"), (5, "5382(b)(2)"), (31, "1341"))]
    made += [f"5 CFR {part}" for part in ("534.405", "430.310", "451.105(a)", "317.1001", "536.301 to 536.310")]
    made += [f"{year}-09-30" for year in range(2000, 2016)] + [f"9/30/{year}" for year in range(2000, 2010)]
    made += ["OMB No. 3206-0180", "ZIP 20415-0001", "Form 1558A", "pp. 430-431, 2004", "10,540 rows", "1.5.0rc2"]
    made += [f"{n / 7:.4f}" for n in range(1, 12)] + [f"{n} {n * 3} {n * 7} {2000 + n}" for n in range(120, 130)]
    made += [
        "123456789",
        "item 202 555",
        "192.168.100.100",
        "18:30 to 19:45",
        "GS-15, step 10",
        "ES-4",
        "K-03",
        "A-10023",
    ]
    made += [
        "assn 2004",
        "hotel 5 rooms",
        "born leaders",
        "Adams and others",
        "Avery Street",
        "the Neil award",
        "Brown v. Board",
        "social security reform of 1983",
        "call on 2004-07-28",
        "telephone book",
        "e-mail",
        "@ 12.74 percent",
        "birthplace of the rule",
        "cell B12",
        "FY 2002-2003",
        "69 FR 45536",
        "volume 200, number 3, 2004",
        "sha256 9f86d081884c7d65",
        "2004 07 28",
        "100 percent of 4808",
        "ISBN 978-0-16-072388-9",
        "P.L. 108-136",
        "1-800",
        "Docket 2004-03-1234",
        "36.25.10",
        "120-day bar of 3395(e)",
        "figures 1-12-2004",
        "Executive Order 12954",
    ]
    return made  # fmt: skip


def _pdf(text, name=None):
    return Document("A note", escaped(text)).to_pdf()


def _docx(text):
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{html.escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
    )
    return _zip({"word/document.xml": f"<w:document><w:body><w:p>{runs}</w:p></w:body></w:document>"})


def _pptx(text):
    return _zip(
        {
            "ppt/slides/slide1.xml": f"<p:sld><a:p>{''.join(f'<a:r><a:t>{html.escape(c)}</a:t></a:r>' for c in text)}</a:p></p:sld>"
        }
    )


def _zip(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _xlsx(text):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    if len(text) > 4:
        sheet.write_rich_string("B3", text[:3], bold, text[3:])
    book.close()
    return made.getvalue()


def _comment(text):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet().write_comment("A1", text)
    book.close()
    return made.getvalue()


def _notebook(text):
    page = base64.b64encode(f"<p>{html.escape(text)}</p>".encode()).decode()
    out = {
        "output_type": "display_data",
        "data": {"text/html": [f'<a href="data:text/html;base64,{page}">x</a>']},
        "metadata": {},
    }
    cell = {"cell_type": "code", "source": [], "outputs": [out], "metadata": {}, "execution_count": 1}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _split(text):
    return "".join(f"<b>{html.escape(c)}</b>" if n % 2 else html.escape(c) for n, c in enumerate(text)).encode()


def _mail(text):
    letter = EmailMessage()
    letter["Subject"] = "A note"
    letter.set_content("See attached")
    letter.add_attachment(text.encode(), maintype="text", subtype="plain", filename="note.txt")
    return letter.as_bytes()


def _tar(text):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo("note.txt")
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return made.getvalue()


def _damaged(text):
    whole = _zip({"note.txt": text * 3 + "\n" + text, "other.txt": "x"})
    return whole[: whole.rindex(b"PK\1\2") - 5]


def _bookmarked(text):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_outline_item(title=text, page_number=0)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _described(text):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{html.escape(text)}</a></x:xmpmeta>".encode()
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _subject(text):
    coded = base64.b64encode(text.encode()).decode()
    return f"Subject: =?utf-8?b?{coded}?=\nMIME-Version: 1.0\n\nA letter\n".encode()


def _box(text):
    letters = []
    for said in ("A letter", text + " \u00e9"):
        letter = EmailMessage()
        letter["Subject"] = "A note"
        letter.set_content(said, cte="base64")
        letters.append(b"From somebody Mon Jul 12 2004\n" + letter.as_bytes())
    return b"\n".join(letters)


def _addressed(text):
    return f"<a href='data:text/plain;base64,{base64.b64encode(text.encode()).decode()}'>x</a>".encode()


def _colored(text):
    half = len(text) // 2
    said = ["\x1b[31m" + text[:half] + "\x1b[0m" + text[half:]]
    out = {"output_type": "error", "ename": "E", "evalue": "x", "traceback": said}
    cell = {"cell_type": "code", "source": [], "outputs": [out], "metadata": {}, "execution_count": 1}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _picture(*parts):
    chunks = b"".join(len(said).to_bytes(4, "big") + kind + said + bytes(4) for kind, said in parts)
    return b"\x89PNG\r\n\x1a\n" + chunks + b"\0\0\0\0IEND" + bytes(4)


def _attached(text):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("note.txt", text.encode())
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


CONTAINERS = {
    "note.txt": lambda text: f"A line\n{text}\n".encode(),
    "table.csv": lambda text: f'id,note\n1,"{text}"\n'.encode(),
    "wide.txt": lambda text: text.encode("utf-16"),
    "wide.csv": lambda text: f"id,note\n1,{text}\n".encode("utf-16-le"),
    "page.html": lambda text: f"<p>{''.join(f'&#{ord(c)};' for c in text)}</p>".encode(),
    "split.html": _split,
    "data.json": lambda text: json.dumps({"a": [text]}).encode(),
    "walk.ipynb": _notebook,
    "letter.docx": _docx,
    "slides.pptx": _pptx,
    "rich.xlsx": _xlsx,
    "noted.xlsx": _comment,
    "paper.pdf": _pdf,
    "attached.pdf": _attached,
    "packed.txt.gz": lambda text: gzip.compress(text.encode()),
    "packed.bz2": lambda text: bz2.compress(text.encode()),
    "nested.zip": lambda text: _zip({"inner.zip": _zip({"deep.docx": _docx(text)})}),
    "damaged.zip": _damaged,
    "letter.eml": _mail,
    "bundle.tar": _tar,
    "coded.md": lambda text: base64.b64encode(f"A note of ours: {text.replace(chr(160), ' ')}".encode("ascii", "replace")),
    "bookmarks.pdf": _bookmarked,
    "described.pdf": _described,
    "subject.eml": _subject,
    "letters.mbox": _box,
    "addressed.html": _addressed,
    "colored.ipynb": _colored,
    "picture.png": lambda text: _picture((b"zTXt", b"Comment\0\0" + zlib.compress(text.encode()))),
    "behind.png": lambda text: _picture((b"IDAT", b"x")) + _zip({"note.txt": text}),
    "unpacks.exe": lambda text: b"MZ" + bytes(2000) + _zip({"note.txt": text}),
    "old.doc": lambda text: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + text.encode("utf-16-le") + bytes(600),
}  # fmt: skip
#: What a container cannot hold as it is written: base 64 and old files of Latin letters only.
_LATIN_ONLY = {"coded.md", "old.doc"}


def _share(folder, kind, strings):
    """Each string in one container, the containers taken in turn; the file of each string."""
    made = {}
    names = list(CONTAINERS)
    for n, text in enumerate(strings):
        name = names[n % len(names)]
        if name in _LATIN_ONLY and not text.isascii():
            name = "letter.docx"
        place = folder / f"{kind}{n:03}"
        place.mkdir()
        (place / name).write_bytes(CONTAINERS[name](text))
        made[place.name] = (name, text)
    return made


def _hits(folder, names):
    told = scanning.scan(folder, names).leaks
    return {leak.file.split("/")[0] for leak in told if "could not be looked into" not in leak.what}


def test_the_planted_are_found_and_the_harmless_left_alone(tmp_path, capsys):
    """Recall of 95 percent over every container, and at most 3 false alarms in 100."""
    strings, fair = planted(), harmless()
    assert min(len(strings), len(fair)) >= 100
    assert len(CONTAINERS) >= 20
    put = _share(tmp_path, "p", strings)
    quiet = _share(tmp_path, "h", fair)
    hit = _hits(tmp_path, NAMES)
    missed = {place: put[place] for place in put.keys() - hit}
    false = {place: quiet[place] for place in quiet.keys() & hit}
    with capsys.disabled():
        print(f"\n{len(put)} planted, {len(missed)} missed; {len(quiet)} harmless, {len(false)} false alarms")
    assert len(missed) <= 0.05 * len(put), missed
    assert len(false) * 100 <= 3 * len(quiet), false


@pytest.mark.parametrize("container", CONTAINERS)
def test_each_container_is_read(tmp_path, container):
    """A number, an address and a name in every one of them."""
    for text in (_number(50), "pat.lee" + "@agency.gov", "adams, avery"):
        place = tmp_path / text[:3]
        place.mkdir()
        (place / container).write_bytes(CONTAINERS[container](text))
    assert len(_hits(tmp_path, NAMES)) == 3


def test_plain_digits_are_found_by_their_column(tmp_path):
    """In CSV, in a workbook under its number format, in a page."""
    digits = _number(60, "")
    (tmp_path / "a.csv").write_text(f"name,SocSecNum\nx,{digits}\n")
    (tmp_path / "b.html").write_text(f"<table><tr><th>S.S.N.<tr><td>{digits}</table>")
    book = xlsxwriter.Workbook(tmp_path / "c.xlsx")
    sheet = book.add_worksheet()
    sheet.write_number("A1", int(digits), book.add_format({"num_format": "000-00-0000"}))
    sheet.write_column("B1", ["Date of birth", 22048])
    book.close()
    (tmp_path / "d.json").write_text(json.dumps({"employee": {"ssn": int(digits)}}))
    found = scanning.scan(tmp_path).leaks
    assert {leak.file.split(",")[0] for leak in found} == {"a.csv", "b.html", "c.xlsx", "d.json"}
    assert {leak.what for leak in found if leak.file.startswith("c")} == {
        "a number shaped like a Social Security number",
        "a date of birth",
    }


@pytest.mark.parametrize("code", ["000-00-0000", "###-##-####", '"***-**-"0000'])
def test_a_sheet_stored_anywhere_is_read_with_its_formats(tmp_path, code):
    """Cells without an address, a part of another name in another folder, and numbers that a format makes personal."""
    digits = _number(63, "")
    rows = sheet_xml.row([sheet_xml.number(digits, style=1)])
    book = sheet_xml.book(sheet_xml.sheet(rows), styles=sheet_xml.styles([code]), folder="xl/elsewhere")
    (tmp_path / "a.xlsx").write_bytes(book)
    named = sheet_xml.row([sheet_xml.text("S.S.N.")]) + sheet_xml.row([sheet_xml.number(digits)])
    (tmp_path / "b.xlsx").write_bytes(sheet_xml.book(sheet_xml.sheet(named), folder="xl/elsewhere"))
    (tmp_path / "c.txt").write_text(f"NAME      SSN\nSomebody  {digits}\n")
    assert {leak.file.split(",")[0] for leak in scanning.scan(tmp_path).leaks} == {"a.xlsx", "b.xlsx", "c.txt"}


@pytest.mark.parametrize(
    "heading", ["SSN", "SSNBR", "S S N", "\uff33\uff33\uff2e", "SS\u200bN", "Soc Sec Nbr", "Tax ID", "Last 4 of SSN"]
)
def test_a_column_is_known_by_its_heading_however_it_is_written(heading):
    """Full-width letters, letters that take no room, and every usual abbreviation."""
    assert column_kind(heading) == SSN


def test_an_empty_folder_with_a_personal_name_is_a_finding(tmp_path):
    """Nothing is in it, and its name tells."""
    (tmp_path / _number(64)).mkdir()
    assert [leak.file for leak in scanning.scan(tmp_path).leaks] == ["***-**-****"]


def test_file_names_are_looked_at_and_not_repeated(tmp_path):
    """A number or a name in the name of a file is a finding that does not show it."""
    (tmp_path / f"{_number(61)}.txt").write_text("x")
    (tmp_path / "Adams_Avery_plan.txt").write_text("x")
    (tmp_path / f"{_number(62, '')}.txt").write_text("x")
    found = scanning.scan(tmp_path, NAMES).leaks
    assert len(found) == 3
    assert not any("961" in leak.file or "avery" in leak.file.lower() or "962" in leak.file for leak in found)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("locked.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50)),
        ("broken.pdf", b"%PDF-1.7\nnothing"),
        ("broken.docx", b"PK\3\4" + bytes(60)),
        ("broken.gz", b"\x1f\x8b" + bytes(60)),
        ("broken.ipynb", b"{not json"),
        ("unknown.bin", bytes(range(256)) * 10),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_what_cannot_be_opened_is_a_finding(tmp_path, name, content):
    """Never a traceback, and never nothing found."""
    (tmp_path / name).write_bytes(content)
    found = scanning.scan(tmp_path)
    assert any("could not be looked into" in leak.what for leak in found.leaks)
    assert "Nothing found" not in found.to_text()


def test_a_locked_pdf_and_a_zip_with_a_password_are_findings(tmp_path):
    """What only its owner can open."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    writer.write(tmp_path / "locked.pdf")
    content = bytearray(_zip({"a.txt": "x"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    assert {leak.file.split(",")[0] for leak in scanning.scan(tmp_path).leaks} == {"locked.pdf", "locked.zip"}


def test_what_unpacks_without_end_is_cut(tmp_path, monkeypatch):
    """A small file that would become a very large one is told and left."""
    monkeypatch.setattr(contents.Budget.__init__, "__defaults__", (2**20,))
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(300 * 2**20), 1))
    assert "more than can be read" in scanning.scan(tmp_path).leaks[0].what


def test_a_long_text_in_every_cell_is_looked_at_once():
    """One shared text of a megabyte that a thousand cells repeat; a short one is in each of them."""
    long, short = f"SSN {_number(64)} " + "x" * 2**20, "Plans"
    rows = "".join(sheet_xml.row([f'<c t="s"><v>{text}</v></c>' for text in (0, 1)]) for _ in range(1000))
    shared = sheet_xml.shared([f"<t>{long}</t>", f"<t>{short}</t>"])
    with zipfile.ZipFile(io.BytesIO(sheet_xml.book(sheet_xml.sheet(rows), shared=shared))) as book:
        (grid,) = grids.of_workbook({name: book.read(name) for name in book.namelist()}).values()
    assert [cell for row in grid for cell in row if cell] == [long, *[short] * 1000]


def test_the_pixels_of_a_picture_are_no_text(tmp_path):
    """What pixels happen to spell is no finding; what is written beside them in the same file is."""
    address = "avery.adams" + "@" + "agency.gov"
    pixels, beside = (_chunk(kind, address.encode() * 3) for kind in (b"IDAT", b"tEXt"))
    start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", bytes(13))
    (tmp_path / "pixels.png").write_bytes(start + pixels + _chunk(b"IEND", b""))
    assert scanning.scan(tmp_path).leaks == []
    (tmp_path / "pixels.png").write_bytes(start + pixels + beside + _chunk(b"IEND", b""))
    assert [leak.what for leak in scanning.scan(tmp_path).leaks] == ["an e-mail address"]
    (tmp_path / "pixels.png").write_bytes(start + pixels[:20] + address.encode())
    assert [leak.what for leak in scanning.scan(tmp_path).leaks] == ["an e-mail address"]


def _chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + bytes(4)
