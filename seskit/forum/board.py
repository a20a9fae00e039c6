"""The facilitator's board: tables answer in a browser on the same network, or someone types their answers in.

No account, nothing from elsewhere: it answers only computers of a private network, and without `share` only this one.
Each entry is kept in a CSV file at once, so that a break costs nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from seskit.desk.practice.answers import NONE, AnswerPart
from seskit.formats import frames, tokens
from seskit.formats.files import whole
from seskit.formats.markup import Markup, element, listed, page, paragraph, together
from seskit.formats.shipped import text_beside
from seskit.forum import sheets
from seskit.forum.hall import PracticeProblem
from seskit.forum.tally import UNREAD, AskedEntry, KitTally
from seskit.law.facts import FactError, Unreadable

#: Longest form that is read, in bytes, and longest wait for a computer that stopped sending, in seconds.
_LONGEST, _WAIT = 20_000, 20
#: An address of documentation, to which nothing is sent: the system only says from where it would go there.
_NOWHERE = ("192.0.2.1", 9)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_STYLES = tokens.declared("ground", "ink", "line", "accent") + frames.STYLE + text_beside(__file__, "board.css")
#: One card to a sheet, as large as it is read from across a table.
_CARD_STYLES = text_beside(__file__, "cards.css")
#: The board shows new answers by itself; whoever reads it with a screen reader can stop that.
_RENEWS = text_beside(__file__, "renew.js")


class BoardServer(ThreadingHTTPServer):
    """Serves one tally. `place` is the file it keeps its answers in."""

    daemon_threads = True
    #: How many computers may wait to be heard: ten at each of sixty tables that send at the same moment. The one that
    #: finds no place would be cut off, and its answers lost.
    request_queue_size = 600

    def __init__(self, tally: KitTally, place: Path, *, port: int = 0, share: bool = False) -> None:
        """Listen; with `share` also to other computers of the private network."""
        self.tally, self.place, self.writing = tally, place, threading.Lock()
        if place.is_file():
            tally.read(place)
        if tally.former:
            exercises = ", ".join(sorted({one.exercise for one in tally.former}))
            raise FactError(
                f"{place.name} keeps answers to other figures than the kit has now ({exercises}). It is the record of that day: "
                "give another file with --answers. seskit forum tally sums it up as it is."
            )
        _ = [tally.problems(name, table) for name in tally.sessions for table in range(1, tally.tables + 1)]
        super().__init__(("" if share else "127.0.0.1", port), _Handler)
        self.at = f"{_own_address() if share else '127.0.0.1'}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A computer that went away in the middle is no news."""

    def keep(self, given: Iterable[tuple[AskedEntry, str]]) -> None:
        """Take in a table's answers and write all of them to the file."""
        with self.writing:
            for asked, text in given:
                self.tally.give(asked, text)
            whole(self.place, self.tally.to_csv())


def _own_address() -> str:
    """This computer's address on the network it is connected to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_NOWHERE)
            return str(asking.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def near(address: str) -> bool:
    """Whether an address is this computer's or one of a private network."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return found.is_loopback or found.is_link_local or (found.is_private and not found.is_unspecified)


class _Handler(BaseHTTPRequestHandler):
    """One request. Unknown addresses, other hosts' names and long forms are refused."""

    server: BoardServer
    timeout = _WAIT
    server_version, sys_version = "board", ""

    def do_GET(self) -> None:
        """Show the board, its table alone, or the form of a table."""
        self._answer(self._shown)

    def do_POST(self) -> None:
        """Keep a table's answers."""
        self._answer(self._kept)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name it has in the base class)
        """Nobody's address is noted."""

    def _answer(self, made: Any) -> None:
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        if not near(self.client_address[0]) or not (host == "localhost" or near(host)):
            self._send(HTTPStatus.FORBIDDEN, _message("This board answers only its own network."))
            return
        try:
            self._send(HTTPStatus.OK, made())
        except FactError as failure:
            self._send(HTTPStatus.BAD_REQUEST, _message(str(failure)))

    def _shown(self) -> Markup:
        asked = urlsplit(self.path)
        session = self._session(parse_qs(asked.query))
        tally = self.server.tally
        if asked.path == "/":
            return _board(tally, session, self.server.at)
        if asked.path == "/cards":
            return _cards(tally, self.server.at)
        if asked.path == "/sheets":
            return page("Sheets for the tables", _STYLES + sheets.STYLES, together(*sheets.sheets(tally, session)))
        if asked.path == "/spread":
            with self.server.writing:
                return _spread(tally, session)
        return _form(tally, session, self._table(asked.path))

    def _kept(self) -> Markup:
        said = self.headers.get("Content-Length") or ""
        length = int(said) if said.isdecimal() else 0
        if not 0 < length <= _LONGEST:
            raise FactError("The form is empty or too long.")
        given = parse_qs(self.rfile.read(length).decode("utf-8", "replace"), keep_blank_values=True)
        session, table = self._session(given), self._table(urlsplit(self.path).path)
        entries = [
            (AskedEntry(session, table, exercise, problem.number + 1, part.path), _text(given[name]))
            for exercise, problem in self.server.tally.problems(session, table)
            for part in problem.drill.parts
            if (name := _name(exercise, problem, part)) in given
            and _text(given[name]) != _text(given.get(_BEFORE + name, _NEVER))
        ]
        self.server.keep(entries)
        return _form(self.server.tally, session, table, self.server.tally.slips(session, table))

    def _session(self, given: Mapping[str, list[str]]) -> str:
        return given.get("session", [next(iter(self.server.tally.sessions))])[0]

    def _table(self, path: str) -> int:
        number = path.removeprefix("/table/")
        if not number.isdecimal() or len(number) > 3:
            raise FactError("There is no such page. Tables are at /table/1, /table/2 and so on.")
        return int(number)

    def _send(self, status: HTTPStatus, body: Markup) -> None:
        content = str(body).encode()
        self.send_response(status)
        for name, value in (
            _HEADERS | {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(content)}
        ).items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(content)


#: Before an entry's name, what the form showed when it was opened: what a table left as it was is not taken from it again,
#: so that a second telephone at the table, with an older page open, takes nothing back that the first has sent.
_BEFORE, _NEVER = "before/", ["\0"]


def _text(values: list[str]) -> str:
    """What a form sent for one entry; ticked boxes are joined."""
    return "; ".join(values)


#: After sending, the keyboard is where the answer is.
_TO_WHAT_WAS_SAID = 'document.getElementById("said").focus();'
#: How an entry is written that could not be read.
_EXAMPLES = {"dollars": " For example: 129,800.", "date": " For example: March 8, 2026, or 3/8/2026."}
#: Why neighbors may both be right with different answers.
_OWN = "Each table has its own figures, so right answers differ from table to table."


def _name(exercise: str, problem: PracticeProblem, part: AnswerPart) -> str:
    return f"{exercise}/{problem.number}/{part.path}"


def _message(said: str) -> Markup:
    return page("Board", _STYLES, together(element("h1", "Not possible"), paragraph(said)))


def _board(tally: KitTally, session: str, at: str) -> Markup:
    sessions = [
        element("a", one.row.title, href=f"/?{urlencode({'session': name})}") if name != session else element("strong", one.row.title)
        for name, one in tally.sessions.items()
    ]  # fmt: skip
    tables = [
        element("a", f"Table {number}", href=f"/table/{number}?{urlencode({'session': session})}")
        for number in range(1, tally.tables + 1)
    ]
    box = element("label", element("input", type="checkbox", id="renew", checked=True), " Show new answers at once")
    body = together(
        element("h1", "The tables' answers"), element("nav", listed(sessions), aria_label="Sessions"), paragraph(f"Tables open http://{at}/table/ and their number, on this network. {_OWN}"), box,
        element("div", _spread(tally, session), id="spread", data_from=f"/spread?{urlencode({'session': session})}"),
        element("h2", "Type in a table's answers"), paragraph(together(*tables, between=" · ")),
        paragraph(element("a", "Print a card for each table, with this address", href="/cards")),
        paragraph(element("a", "Print a sheet for each table, with its figures, to answer on paper", href=f"/sheets?{urlencode({'session': session})}")),
    )  # fmt: skip
    return page("The tables' answers", _STYLES, body, _RENEWS)


def _cards(tally: KitTally, at: str) -> Markup:
    """A card for each table, to print and stand on it: its number and what to open, in large type."""
    cards = [
        element(
            "section",
            element("h1", f"Table {number}"),
            paragraph("Open this address in a browser, on this network:"),
            element("p", f"http://{at}/table/{number}", class_="address"),
            paragraph(_OWN),
            class_="card",
        )
        for number in range(1, tally.tables + 1)
    ]
    alone = "This address opens on this computer only. Start the board with --share, and print the cards then."
    note = paragraph(alone) if at.startswith("127.") else ""
    return page("Cards for the tables", _STYLES + _CARD_STYLES, together(note, *cards))


def _spread(tally: KitTally, session: str) -> Markup:
    table = replace(tally.spread(session), notes=())
    advice = element("p", tally.advice(session), class_="advice")
    return together(advice, element("div", table.to_html(), class_="wide", role="group", tabindex="0", aria_label="Answers of the tables"))  # fmt: skip


def _form(tally: KitTally, session: str, table: int, slips: Mapping[AskedEntry, str] | None = None) -> Markup:
    shown = partial(_fieldset, tally, session, table, slips)
    blank = sum(
        not tally.answers.get(AskedEntry(session, table, exercise, problem.number + 1, part.path))
        for exercise, problem in tally.problems(session, table)
        for part in problem.drill.parts
    )
    said = _said(slips, blank)
    others = [
        element("a", one.row.title, href=f"/table/{table}?{urlencode({'session': name})}")
        for name, one in tally.sessions.items()
        if name != session
    ]
    body = together(
        element("h1", f"Table {table}: {tally.sessions[session].row.title}"),
        paragraph(_OWN),
        element("p", said, role="status", id="said", tabindex="-1") if said else None,
        element(
            "form",
            element("input", type="hidden", name="session", value=session),
            [shown(exercise, problem) for exercise, problem in tally.problems(session, table)],
            element("button", "Send our answers", type="submit"),
            method="post", action=f"/table/{table}",
        ),
        element("h2", "Other sessions") if others else None, listed(others) if others else None,
        paragraph(element("a", "The board", href=f"/?{urlencode({'session': session})}")),
    )  # fmt: skip
    return page(f"Table {table}", _STYLES, body, _TO_WHAT_WAS_SAID if said else "")


def _said(slips: Mapping[AskedEntry, str] | None, blank: int) -> str:
    """What came of what was sent: what is not right, what cannot be read, what is still to answer."""
    if slips is None:
        return ""
    if not slips:
        return "Nothing is kept yet: no entry is filled in."
    unread = sum(slip == UNREAD for slip in slips.values())
    wrong = sum(bool(slip) for slip in slips.values()) - unread
    counted = ((wrong, "not right"), (unread, "cannot be read"), (blank, "still to answer"))
    said = "; ".join(f"{count} {words}" for count, words in counted if count)
    return f"Kept. {f'{said}: see below.' if said else 'All that you answered is right.'}"


def _fieldset(
    tally: KitTally,
    session: str,
    table: int,
    slips: Mapping[AskedEntry, str] | None,
    exercise: str,
    problem: PracticeProblem,
) -> Markup:
    parts, hints = [], set[str]()
    for part in problem.drill.parts:
        asked = AskedEntry(session, table, exercise, problem.number + 1, part.path)
        given = tally.answers.get(asked, "")
        verdict, wrong, name = None, False, _name(exercise, problem, part)
        if slips is not None and given:
            found = slips.get(asked, "")
            said = _verdict(found, problem, part, given)
            hint = problem.drill.mistake(part, given) if found not in ("", UNREAD) else ""
            said = "Not right, for the same reason." if hint and hint in hints else said
            hints.add(hint)
            tries, wrong = tally.tries.get(asked, 1), bool(found)
            verdict = element("strong", f"{said} This was try {tries}." if tries > 1 else said, id=f"said/{name}")
        before = element("input", type="hidden", name=_BEFORE + name, value=given)
        parts.append(together(before, _entry(name, part, given, f"said/{name}" if verdict else None, wrong), verdict))
    story = [paragraph(line) for line in problem.drill.given]
    return element("fieldset", element("legend", f"Exercise {exercise}, problem {problem.number + 1}"), story, parts)


def _verdict(slip: str, problem: PracticeProblem, part: AnswerPart, given: str) -> str:
    """What came of one answer, with the usual mistake that leads to it where there is one."""
    if slip == UNREAD:
        return f"This cannot be read. Write {part.wanted}.{_EXAMPLES.get(part.kind, '')}"
    if not slip:
        return "Right."
    if mistake := problem.drill.mistake(part, given):
        return f"Not right. {mistake}"
    apart = slip if part.kind in ("number", "year", "dollars", "date") else ""
    return f"Not right: {apart}. Look again." if apart else "Not right. Look again."


def _entry(name: str, part: AnswerPart, given: str, said: str | None, wrong: bool) -> Markup:
    """One part to answer: boxes or buttons for choices, a line for a number or a date; what was `said` of it is read with it."""
    asked = f"{part.label[0].upper()}{part.label[1:]}"
    if not part.choices:
        return element("label", f"{asked} ({part.wanted})", element("input", type="text", name=name, value=given, maxlength=100, autocomplete="off",
                       aria_describedby=said, aria_invalid="true" if wrong else None))  # fmt: skip
    several = part.kind == "several"
    chosen = _codes(part, given)
    choices = [
        element(
            "label",
            element("input", type="checkbox" if several else "radio", name=name, value=choice.code, checked=choice.code in chosen),
            f" {choice.name}",
        )
        for choice in (*part.offered, *((sheets.NO_BOX,) if several else ()))
    ]  # fmt: skip
    return element("div", paragraph(f"{asked}:"), choices, role="group", aria_label=asked, aria_describedby=said)


def _codes(part: AnswerPart, given: str) -> frozenset[str]:
    """The choices that were made before."""
    if not given:
        return frozenset()
    try:
        read = part.read(given)
    except Unreadable:
        return frozenset()
    return frozenset(read or (NONE,)) if part.kind == "several" else frozenset((str(read or NONE),))
