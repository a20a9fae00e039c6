"""The facilitator's board: answers of tables by the network or typed, their spread, and the mistake most tables made."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.desk.practice.answers import AnswerPart
from seskit.forum import board as boards
from seskit.forum import config, days_off, marks, papers
from seskit.forum.board import BoardServer, near
from seskit.forum.tally import AskedEntry, KitTally, _given, _most, slip
from seskit.law.clocks import not_to_exceed
from seskit.law.facts import FactError
from tests.giving import entered, wrong
from tests.places import TRAINING

KIT = TRAINING / "2004-07-28-pay"
SESSION = "pay_2004"


@pytest.fixture(scope="module")
def drawn() -> KitTally:
    """A tally whose problems are drawn once; its answers are those of no test."""
    made = KitTally(KIT, 4)
    for name in made.sessions:
        made.problems(name, 1)
    return made


@pytest.fixture
def tally(drawn: KitTally) -> KitTally:
    drawn.answers = {}
    return drawn


@pytest.fixture
def served(tally: KitTally, tmp_path: Path) -> Iterator[BoardServer]:
    board = BoardServer(tally, tmp_path / "answers.csv")
    threading.Thread(target=board.serve_forever, args=(0.02,), daemon=True).start()
    yield board
    board.shutdown()
    board.server_close()


def call(board: BoardServer, path: str, form: Any = None, host: str = "") -> tuple[int, str]:
    line = HTTPConnection("127.0.0.1", board.server_address[1], timeout=10)
    headers = {"Host": host or board.at, "Content-Type": "application/x-www-form-urlencoded"}
    line.request(
        "GET" if form is None else "POST", path, None if form is None else urlencode(form, doseq=True), headers
    )
    answer = line.getresponse()
    return answer.status, unescape(answer.read().decode())


def form(tally: KitTally, table: int, value_of: Any) -> dict[str, Any]:
    """A table's whole form, filled in."""
    return {"session": SESSION} | {
        f"{exercise}/{problem.number}/{part.path}": value_of(part, expected) or "none"
        for exercise, problem in tally.problems(SESSION, table)
        for part, expected in zip(problem.drill.parts, problem.drill.expected, strict=True)
    }


def test_tables_answer_and_the_board_shows_spread_and_commonest_mistake(served: BoardServer, tally: KitTally) -> None:
    """Two tables right, one wrong in the way the board names; everything is in the file, and a new board goes on with it."""
    for table in (1, 2):
        status, page = call(served, f"/table/{table}", form(tally, table, entered))
        assert (status, "All that you answered is right." in page) == (200, True)
    status, page = call(served, "/table/3", form(tally, 3, wrong))
    assert "not right: see below." in page
    _, page = call(served, f"/?session={SESSION}")
    assert "3 of 4" in page
    assert "2 of 3" in page
    assert "Talk first about C-1, problem 1, decision on the raise: " in page
    assert "1 day too late (1 table)" in page
    again = KitTally(KIT, 4)
    again.read(served.place)
    assert again.answers == tally.answers
    assert call(served, f"/spread?session={SESSION}")[1] in page


def test_the_wall_names_the_usual_mistake(tally: KitTally) -> None:
    """An answer that a usual mistake leads to is told in its words, in the row and in what to talk about first."""
    exercise, problem = next(one for one in tally.problems(SESSION, 1) if one[1].drill.slips)
    _, wrong = problem.drill.slips[0]
    part, given = next(
        (part, value)
        for part, value, right in zip(problem.drill.parts, wrong, problem.drill.expected, strict=True)
        if part.read(value) != part.read(right)
    )
    tally.give(AskedEntry(SESSION, 1, exercise, problem.number + 1, part.path), str(entered(part, given)))
    told = f"{problem.drill.mistake(part, given).rstrip('.')} (1 table)"
    assert told in unescape(repr(tally.spread(SESSION)))
    assert tally.advice(SESSION).endswith(f": {told}.")


def test_mistakes_that_are_as_common_are_all_told(tally: KitTally) -> None:
    """Two tables with two mistakes: both, in the row and in what to talk about first; a third table settles it."""
    place = next(n for n, (_, one) in enumerate(tally.problems(SESSION, 1)) if one.drill.parts[0].kind == "date")

    def give(table: int, days: int) -> None:
        exercise, problem = tally.problems(SESSION, table)[place]
        part, right = problem.drill.parts[0], problem.drill.expected[0]
        asked = AskedEntry(SESSION, table, exercise, problem.number + 1, part.path)
        tally.give(asked, (part.read(right) + timedelta(days=days)).isoformat())

    def told() -> list[str]:
        return [*(str(row[6]) for row in tally.spread(SESSION).rows if row[6]), tally.advice(SESSION)]

    give(1, 3)
    give(2, -4)
    for said in told():
        assert "3 days too late (1 table); and " in said
        assert "4 days too early (1 table)" in said
    give(3, -4)
    for said in told():
        assert "4 days too early (2 tables)" in said
        assert "too late" not in said


def test_many_different_days_are_shown_by_their_side() -> None:
    """Sixty tables with figures of their own: the wall counts who was early and who was late; few are shown by their days."""
    part, right = AnswerPart("due", "due", "date"), date(2026, 9, 1)

    def given(*days: int) -> str:
        return _given([(part, right.isoformat(), (right + timedelta(days=one)).isoformat()) for one in days])

    assert given(*range(-30, 30)) == "too early: 30; too late: 29; right: 1"
    assert given(0, 0, 1, -2) == "right: 2; 1 day too late: 1; 2 days too early: 1"


def test_a_wrong_term_is_one_mistake_whatever_days_the_table_has() -> None:
    """Half a year is 181 to 184 days, a year 365 or 366; the words are the same at every table, and a count of days stays one."""
    starts = [date(2027, 3, 1) + timedelta(one) for one in range(366)]
    for months, said in ((6, "6 months"), (12, "1 year"), (18, "18 months"), (24, "2 years")):
        for start in starts:
            right, given = (not_to_exceed(start, many) for many in (12, 12 + months))
            assert days_off.off(given, right) == f"{said} too late", start
            assert days_off.off(right, given) == f"{said} too early", start
            assert days_off.off(given + timedelta(1), right) in (f"{said} and 1 day too late", f"{said} too late")
    assert days_off.off(date(2026, 3, 1), date(2026, 1, 29)) == "31 days too late"
    assert days_off.off(date(1, 1, 1), date(2026, 1, 1)) == "2,025 years too early"


def test_mistakes_as_common_are_told_in_one_sentence() -> None:
    """The second one goes on in the sentence; a word in capitals stays."""
    told = _most(Counter({"That is level III": 2, "That is the term of OPM": 2, "OPM's day": 2}))
    assert told == "That is level III (2 tables); and that is the term of OPM (2 tables); and OPM's day (2 tables)"


def test_an_answer_can_be_taken_back_and_typed_in(tally: KitTally) -> None:
    """An empty answer counts no more; the facilitator types what a table wrote on paper."""
    exercise, problem = tally.problems(SESSION, 1)[0]
    part = problem.drill.parts[0]
    asked = AskedEntry(SESSION, 1, exercise, 1, part.path)
    assert tally.give(asked, part.shown(problem.drill.expected[0])) == ""
    assert "1 of 4" in repr(tally.spread(SESSION))
    tally.give(asked, " ")
    assert "No table has answered yet." in repr(tally.spread(SESSION))


def test_a_second_telephone_at_a_table_takes_nothing_back(served: BoardServer, tally: KitTally) -> None:
    """Two pages of one table, opened before anyone sent: each sends the entry it filled in, and both are kept."""
    _, opened = call(served, "/table/2?session=" + SESSION)
    shown = dict(re.findall(r"name='(before/[^']+)' value='([^']*)'", opened))
    filled = form(tally, 2, entered)
    _, empty = call(served, "/table/2", {"session": SESSION})
    assert "Nothing is kept yet" in empty
    written = [name for name in filled if name != "session"]
    assert {f"before/{name}" for name in written} == set(shown)
    blank = dict.fromkeys(written, "") | shown | {"session": SESSION}
    typed = [name for name in written if f"type='text' name='{name}'" in opened]
    assert len(typed) > 1
    for name in typed:
        call(served, "/table/2", blank | {name: filled[name]})
    assert len(tally.answers) == len(typed)
    _, page = call(served, "/table/2", blank | {typed[0]: "", f"before/{typed[0]}": filled[typed[0]]})
    assert len(tally.answers) == len(typed) - 1, "what a person emptied on purpose is taken back"
    assert page.count("Right.") == len(typed) - 1, "what another telephone sent is answered as well"


def test_all_tables_may_send_at_the_same_moment(tally: KitTally, tmp_path: Path) -> None:
    """Everyone presses Send before the board has heard the first: each is answered."""
    board = BoardServer(tally, tmp_path / "answers.csv")
    lines = [socket.create_connection(("127.0.0.1", board.server_address[1]), 2) for _ in range(60)]
    try:
        for line in lines:
            line.sendall(f"GET /cards HTTP/1.0\r\nHost: {board.at}\r\n\r\n".encode())
        threading.Thread(target=board.serve_forever, args=(0.02,), daemon=True).start()
        assert [line.recv(15) for line in lines] == [b"HTTP/1.0 200 OK"] * len(lines)
        board.shutdown()
    finally:
        for line in lines:
            line.close()
        board.server_close()


def test_nobody_else_is_served(served: BoardServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another host's name, an address of the internet, a page, table or session that is not there, a form too long."""
    assert call(served, "/", host="evil.example")[0] == 403
    for path in ("/table/9", "/table/0", "/table/x", "/../etc", f"/?session={'x' * 30}"):
        status, page = call(served, path)
        assert status == 400, path
        assert "Traceback" not in page
    assert call(served, "/table/1", {"session": SESSION, "C-1/0/decision": "x" * 30_000})[0] == 400
    assert call(served, "/table/1", {"session": SESSION, "C-1/0/decision": "x" * 300})[0] == 400
    monkeypatch.setattr(boards, "near", lambda _: False)
    assert call(served, "/")[0] == 403


@pytest.mark.parametrize(("address", "served_to"), [
    ("127.0.0.1", True), ("::1", True), ("192.168.7.4", True), ("10.1.2.3", True), ("fe80::1%eth0", True),
    ("8.8.8.8", False), ("0.0.0.0", False),  # noqa: S104 (an address, not a server)
    ("2606:4700::1", False), ("table.example", False),
])  # fmt: skip
def test_only_a_private_network_is_near(address: str, served_to: bool) -> None:
    """This computer and private networks, nothing else."""
    assert near(address) is served_to


def test_what_a_table_types_is_shown_and_never_run(served: BoardServer) -> None:
    """Tags stay text, on the form and on the board."""
    call(served, "/table/1", {"session": SESSION, "C-4/0/answer": "<script>alert(1)</script>"})
    raw = HTTPConnection("127.0.0.1", served.server_address[1], timeout=10)
    raw.request("GET", f"/table/1?session={SESSION}", headers={"Host": served.at})
    assert b"<script>alert" not in raw.getresponse().read()
    assert "an answer that could not be read" in call(served, f"/?session={SESSION}")[1]


def test_slips_are_named_so_that_tables_with_other_numbers_compare(tally: KitTally) -> None:
    """Each kind of answer: wrong choice, left out and added, days, amounts, none."""
    found: dict[str, set[str]] = {}
    for name in tally.sessions:
        for table in (1, 2):
            for _, problem in tally.problems(name, table):
                for part, expected in zip(problem.drill.parts, problem.drill.expected, strict=True):
                    assert slip(part, expected, entered(part, expected) and str(part.shown(expected))) == ""
                    given = wrong(part, expected)
                    found.setdefault(part.kind, set()).add(slip(part, expected, "; ".join(given) if isinstance(given, list) else given))  # fmt: skip
    assert "1 day too late" in found["date"]
    assert found["dollars"] == {"too high"}
    assert "'allowed' instead of 'not allowed'" in found["choice"]
    assert any("left out" in one and "added" in one for one in found["several"])


def test_a_file_that_was_typed_is_summed_up(tmp_path: Path) -> None:
    """The command shows the spread; every wrong line is named at once."""
    file = tmp_path / "typed.csv"
    file.write_text("session,table,exercise,problem,part,answer\npay_2004,1,C-1,1,decision,allowed\n", "utf-8")
    ran = CliRunner().invoke(main, ["forum", "tally", KIT.name, str(file), "--training", str(KIT.parent)])
    assert ran.exit_code == 0, ran.output
    assert "1 of 8" in ran.output
    file.write_text(
        "session,table,exercise,problem,part,answer\npay_2004,x,C-1,1,decision,a\npay_204,1,C-1,1,decision,a\n", "utf-8"
    )
    ran = CliRunner().invoke(main, ["forum", "tally", KIT.name, str(file), "--training", str(KIT.parent)])
    assert ran.exit_code
    assert "line 2: table is not a whole number." in ran.output
    assert "line 3: 'pay_204' has no exercises in this kit. Did you mean 'pay_2004'?" in ran.output
    file.write_text("a,b\n", "utf-8")
    with pytest.raises(FactError, match="the first line names the columns"):
        KitTally(KIT).read(file)


def test_the_marks_of_tally_sheets_are_added_up(tmp_path: Path) -> None:
    """The empty table by command, never in place of a filled one; sheets with the same exercise are added, and every wrong line is named."""
    ask = ["forum", "tally", KIT.name, "--training", str(KIT.parent)]
    assert CliRunner().invoke(main, [*ask, "--out", str(tmp_path)]).exit_code == 0
    file = tmp_path / marks.NAME
    both = CliRunner().invoke(main, [*ask, str(file), "--out", str(tmp_path)])
    assert "leave out the file" in both.output
    head, first, *others = file.read_text("utf-8").splitlines()
    session, exercise = first.split(",")[:2]
    sheets = [f"{session},{exercise},12,8,Rates", f"{session},{exercise},9,1,rates", *others]
    file.write_text("\n".join([head, *sheets]), "utf-8")
    made = KitTally(KIT)
    row, *rest = marks.summed(made, file, []).rows
    assert row[1:] == ("21", "9", "70 percent", "rates (2 sheets)")
    assert {one[3] for one in rest} == {"no mark"}
    with pytest.raises(FactError, match="stays as it is"):
        marks.empty_table(tmp_path, made)
    file.write_text(f"{head}\n{session},{exercise},x,1,\n{session},Z-9,1,1,call 202-555-0199\n", "utf-8")
    with pytest.raises(FactError) as failure:
        marks.summed(made, file, [])
    assert [line.partition(":")[0] for line in str(failure.value).splitlines()] == [
        "tally.csv, line 2", "tally.csv, line 3", "tally.csv, line 3",
    ]  # fmt: skip


def test_what_is_typed_is_read_as_people_write_it(tmp_path: Path) -> None:
    """Capitals, the title of a session and the words of an entry; one that is unknown names those there are."""
    file = tmp_path / "typed.csv"
    lines = ["Pay_2004,1,c-1,1,Decision,allowed", "{title},2,C-1,1,{label},allowed"]
    made = KitTally(KIT)
    part, _ = made.part(AskedEntry(SESSION, 2, "C-1", 1, "decision"))
    title = made.sessions[SESSION].row.title
    written = "\n".join(["session,table,exercise,problem,part,answer", *lines])
    file.write_text(written.format(title=title, label=part.label.upper()), "utf-8")
    made.read(file)
    assert {(one.session, one.exercise, one.part) for one in made.answers} == {(SESSION, "C-1", "decision")}
    file.write_text("session,table,exercise,problem,part,answer\npay_2004,1,C-1,1,decisive,a\n", "utf-8")
    with pytest.raises(FactError, match=r"asks for 'decisive'\. It asks for decision"):
        made.read(file)


def test_a_kit_says_how_many_tables_its_hall_has(tmp_path: Path) -> None:
    """Board, tally and guide take it from the kit; a file of more tables is refused in one line that says what to do."""
    training = tmp_path / "training"
    shutil.copytree(TRAINING, training, ignore=shutil.ignore_patterns("course"))
    kit, file = training / KIT.name, tmp_path / "answers.csv"
    rows = [f"pay_2004,{table},C-1,1,decision,allowed" for table in range(1, 31)]
    file.write_text("\n".join(["session,table,exercise,problem,part,answer", *rows]), "utf-8")
    tally = ["forum", "tally", KIT.name, str(file), "--training", str(training)]
    ran = CliRunner().invoke(main, tally)
    assert ran.exit_code
    assert ran.output.count("line") == 2
    assert "22 lines of tables up to 30, and tables are 1 to 8. If the hall has 30, give --tables 30" in ran.output
    assert "--tables 8 --share" in papers.board_words(config.read(kit))
    written = (kit / config.NAME).read_text("utf-8")
    (kit / config.NAME).write_text(f"{written}\ntables: 30\n", "utf-8")
    assert "30 of 30" in CliRunner().invoke(main, tally).output
    assert "--tables" not in papers.board_words(config.read(kit))
    assert KitTally.of(kit, 31).tables == 31
    (kit / config.NAME).write_text(f"{written}\ntables: thirty\n", "utf-8")
    with pytest.raises(FactError, match="a whole number from 1 to 60"):
        config.read(kit)


def test_the_record_of_a_day_holds_when_its_session_is_written_anew(tmp_path: Path) -> None:
    """What was right, wrong or a day off stays so when the figures of the exercise change; a new day begins with a file of its own."""
    training, file = tmp_path / "training", tmp_path / "answers.csv"
    shutil.copytree(TRAINING, training, ignore=shutil.ignore_patterns("course"))
    kit, session = training / KIT.name, training / "sessions" / "pay_2004.md"
    day = KitTally(kit, 8)
    kinds = set()
    for table in range(1, 9):
        for exercise, problem in day.problems(SESSION, table):
            for part, expected in zip(problem.drill.parts, problem.drill.expected, strict=True):
                given = (wrong if table % 2 else entered)(part, expected)
                asked = AskedEntry(SESSION, table, exercise, problem.number + 1, part.path)
                day.give(asked, "; ".join(given) if isinstance(given, list) else str(given))
                kinds.add(part.kind)
    assert {"dollars", "date", "choice"} <= kinds
    file.write_bytes(day.to_csv())
    right = [row[3] for row in day.spread(SESSION).rows]
    again = KitTally(kit, 8)
    assert again.read(file) == []
    assert again.to_csv() == day.to_csv()
    old = "124000 to 146000 by 500"
    assert old in session.read_text("utf-8")
    written = session.read_text("utf-8").replace(old, "123200 to 146200 by 500")
    session.write_text(written, "utf-8")
    later = KitTally(kit, 8)
    [told] = later.read(file)
    assert "to other figures than the kit has now" in told
    assert [row[3] for row in later.spread(SESSION).rows] == right
    assert later.to_csv() == day.to_csv()
    with pytest.raises(FactError, match="give another file with --answers"):
        BoardServer(KitTally(kit, 8), file)
    session.write_text(written.replace("exercise=C-3", "exercise=C-33"), "utf-8")
    with pytest.raises(FactError, match=r"(?s)line \d+ and \d+ others: .*C-3 ") as refused:
        KitTally(kit, 8).read(file)
    assert len(str(refused.value).splitlines()) <= 4


def test_a_board_that_goes_on_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of a rehearsal are not taken for those of the day: the first start says nothing, the next how many are there."""

    def closed(_: BoardServer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(BoardServer, "serve_forever", closed)
    file = tmp_path / "answers.csv"
    start = [
        "forum",
        "board",
        KIT.name,
        "--training",
        str(TRAINING),
        "--port",
        "0",
        "--tables",
        "2",
        "--answers",
        str(file),
    ]
    ran = CliRunner().invoke(main, start)
    assert "Closed." in ran.output
    assert "goes on with" not in ran.output
    file.write_text("session,table,exercise,problem,part,answer\npay_2004,1,C-1,1,decision,allowed\n", "utf-8")
    assert "goes on with 1 answer that " in CliRunner().invoke(main, start).output


def test_many_tries_are_counted(tally: KitTally) -> None:
    """With many tables the wall says how many tried how often, and names no table."""
    exercise, problem = tally.problems(SESSION, 1)[0]
    for tables, said in ((3, "table 1: 2; table 2: 2; table 3: 2"), (12, "2 tries: 12 tables")):
        made = KitTally(KIT, tables)
        for table in range(1, tables + 1):
            for given in ("abc", "def"):
                made.give(AskedEntry(SESSION, table, exercise, problem.number + 1, problem.drill.parts[0].path), given)
        assert said in [row[4] for row in made.spread(SESSION).rows]


def test_tables_that_are_asked_different_things_are_not_added_up(tally: KitTally) -> None:
    """Each question has a line of its own, with the tables that were asked it."""
    rows = [row for row in tally.spread("opening_2004").rows if str(row[0]).startswith("A-1, problem 1 ")]
    assert len({row[0] for row in rows}) > 1
    assert any("How does an agency set a rate above level III?" in str(row[0]) for row in rows)
    by_part: dict[Any, int] = {}
    for row in rows:
        by_part[row[1]] = by_part.get(row[1], 0) + int(str(row[2]).split(" of ")[1])
    assert set(by_part.values()) == {tally.tables}


def test_a_table_hears_when_its_answer_cannot_be_read(served: BoardServer, tally: KitTally) -> None:
    """Not that it is wrong: that it is no date or amount, and how to write one."""
    for session in tally.sessions:
        filled = {"session": session}
        for exercise, problem in tally.problems(session, 1):
            for part in problem.drill.parts:
                if not part.choices:
                    filled[f"{exercise}/{problem.number}/{part.path}"] = "abc"
        if len(filled) > 1:
            _, said = call(served, "/table/1", filled)
            found = re.search(
                r"<strong id='([^']+)'>This cannot be read\. Write (an amount in dollars|a date)[^<]*\. For example: ",
                said,
            )
            assert f"aria-describedby='{found[1]}' aria-invalid='true'" in said
            return
    raise AssertionError("no session asks for a number or a date")


def test_a_wrong_answer_names_the_usual_mistake_that_leads_to_it(served: BoardServer, tally: KitTally) -> None:
    """The level of the other rating, an award that forgot certification; a number without one says which way it is off."""
    name = "opening_2004"
    exercise, problem = next(
        (exercise, problem) for exercise, problem in tally.problems(name, 1) if problem.drill.slips
    )
    part, (says, answers) = problem.drill.parts[0], problem.drill.slips[0]
    given = part.shown(answers[0])
    _, page = call(served, "/table/1", {"session": name, f"{exercise}/{problem.number}/{part.path}": given})
    assert f"Not right. {says}" in page
    _, page = call(served, "/table/1", {"session": name, f"{exercise}/{problem.number}/{part.path}": "$1"})
    assert "Not right: too low. Look again." in page


def test_the_wall_shows_choices_only_where_all_tables_have_one_right_answer(tally: KitTally) -> None:
    """Where the right choice differs, "allowed: 3" says nothing: how many were right, and what the others took for what."""
    of_raise = [(table, one) for table in range(1, 5) for one in [tally.problems(SESSION, table)[0]]]
    assert len({problem.drill.expected[0] for _, (_, problem) in of_raise}) > 1
    for table, (exercise, problem) in of_raise:
        part, right = problem.drill.parts[0], problem.drill.expected[0]
        other = next(choice.code for choice in part.choices if choice.code != right)
        given = part.shown(right if table < 4 else other)
        tally.give(AskedEntry(SESSION, table, exercise, problem.number + 1, part.path), given)
    row = next(row for row in tally.spread(SESSION).rows if str(row[2]) == "4 of 4")
    assert row[3] == "3 of 4"
    assert str(row[5]).startswith("right: 3; ")
    assert " instead of " in str(row[5])


def test_the_wall_and_the_file_say_how_often_a_table_answered(served: BoardServer, tally: KitTally) -> None:
    exercise, problem = tally.problems(SESSION, 2)[0]
    part, right = problem.drill.parts[0], problem.drill.expected[0]
    name = f"{exercise}/{problem.number}/{part.path}"
    tally.tries.clear()
    other = next(choice.code for choice in part.choices if choice.code != right)
    pages = [call(served, "/table/2", {"session": SESSION, name: given})[1] for given in (other, other, right)]
    assert ["This was try" in page for page in pages] == [False, False, True]
    assert "Right. This was try 2." in pages[2]
    assert "table 2: 2" in call(served, f"/spread?session={SESSION}")[1]
    again = KitTally(KIT, 4)
    again.read(served.place)
    assert again.tries == tally.tries
    older = served.place.with_name("typed.csv")
    older.write_text("session,table,exercise,problem,part,answer\npay_2004,1,C-1,1,decision,allowed\n", "utf-8")
    KitTally(KIT, 4).read(older)


def test_a_hint_is_given_once(served: BoardServer, tally: KitTally) -> None:
    """One mistake that makes two parts of a problem wrong is told at the first of them."""
    for session in tally.sessions:
        for exercise, problem in tally.problems(session, 1):
            for says, answers in problem.drill.slips:
                parts = [(part, value) for part, value, right in zip(problem.drill.parts, answers, problem.drill.expected, strict=True)
                         if part.read(value) != part.read(right) and problem.drill.mistake(part, value) == says]  # fmt: skip
                if len(parts) < 2:
                    continue
                filled = {f"{exercise}/{problem.number}/{part.path}": entered(part, value) for part, value in parts}
                _, page = call(served, "/table/1", {"session": session} | filled)
                assert page.count(says) == 1
                assert page.count("Not right, for the same reason.") == len(parts) - 1
                return
    raise AssertionError("no mistake makes two parts wrong")


def test_there_is_a_card_for_each_table_with_its_address(served: BoardServer, tally: KitTally) -> None:
    status, page = call(served, "/cards")
    assert status == 200
    assert re.findall(r"http://[\d.:]+/table/(\d+)", page) == [str(number) for number in range(1, tally.tables + 1)]
    assert f"http://{served.at}/table/1" in page
    assert "Start the board with --share" in page
    assert "/cards" in call(served, "/")[1]
    assert "src=" not in page


def test_a_table_without_a_network_answers_on_a_sheet(served: BoardServer, tally: KitTally) -> None:
    """Each table's sheet has its own problems, all that is asked with every choice, and nothing that is typed."""
    status, page = call(served, f"/sheets?session={SESSION}")
    assert status == 200
    found = [unescape(re.sub("<[^>]+>", " ", one)) for one in page.split("<section")[1:]]
    assert len(found) == tally.tables
    for table, sheet in enumerate(found, 1):
        for exercise, problem in tally.problems(SESSION, table):
            assert f"Table {table}, exercise {exercise}, problem {problem.number + 1}" in sheet
            said = [*problem.drill.given, *(choice.name for part in problem.drill.parts for choice in part.offered)]
            said += [part.label[1:] for part in problem.drill.parts]
            assert [one for one in said if one not in sheet] == []
    assert "<input" not in page
    assert f"/sheets?session={SESSION}" in call(served, "/?session=" + SESSION)[1]


@pytest.mark.parametrize("file", sorted((TRAINING / "sessions").glob("*.md")), ids=lambda file: file.stem)
def test_what_a_mistake_is_called_holds_for_a_table_with_any_facts(file: Path) -> None:
    """It is said on the wall, too, before tables with other facts."""
    told = re.findall(r'says: "([^"]*)"', file.read_text(encoding="utf-8"))
    assert [one for one in told if re.search(r"\b(?:this one|here|you used)\b", one, re.IGNORECASE)] == []


def test_a_likely_wrong_answer_of_the_key_has_words_of_its_own() -> None:
    """The Vice President's salary and level I, which limit total pay, where basic pay is asked for."""
    today = KitTally(TRAINING / "2026-update", 4)
    for table in range(1, 5):
        for exercise, problem in today.problems("opening_today", table):
            part = problem.drill.parts[0]
            if (exercise, part.path) == ("A-1", "nearest_lawful"):
                assert "Vice President" in problem.drill.mistake(part, "$292,300")
                assert "level I, which" in problem.drill.mistake(part, "253,100")
                assert problem.drill.mistake(part, str(problem.drill.expected[0])) == ""


def test_after_sending_the_keyboard_is_at_what_was_said(served: BoardServer, tally: KitTally) -> None:
    """The message can have the keyboard and takes it; a page opened afresh begins at its top."""
    _, page = call(served, "/table/1", form(tally, 1, entered))
    assert 'tabindex="-1"' in page.replace("'", '"')
    assert 'getElementById("said").focus()' in page
    assert "focus()" not in call(served, f"/table/1?session={SESSION}")[1]


def test_what_is_asked_at_a_table_is_a_whole_phrase(tally: KitTally) -> None:
    """No label is the end or the beginning of a sentence that is not there."""
    stray = ("is", "are", "may", "that", "it", "so")
    for session in tally.sessions:
        for _, problem in tally.problems(session, 1):
            for part in problem.drill.parts:
                assert part.label.split()[-1] not in stray, part.label
                assert part.label.split()[0] not in ("it", "that", "so"), part.label
