"""An edition of Form 1558 whose items have other places and numbers, made of the oldest one."""

import re
import shutil
from pathlib import Path

from seskit.law.report import editions

#: What each item of the made-up edition holds, in its order, with its number; the third, the fourth and the ninth of
#: the oldest edition have changed places, the tenth another number, and one that adds up others follows.
NUMBERS = {
    "agency": "1", "period": "2", "appointees": "3", "paid_in": "4", "base_pay": "5", "pool": "6", "paid": "7",
    "levels": "8", "awards": "9", "ratings": "12",
}  # fmt: skip
OTHER_WORDS = {
    "aggregate: AGGREGATE": "aggregate: ALL PAY", "total: TOTAL": "total: SUM", "career: Career": "career: Permanent",
    "presidential: Presidential Appointee": "presidential: Appointed by the President", "mark: X": "mark: V",
    "period: [From, To]": "period: [First, Last]", "range: SES pay range": "range: One range",
}  # fmt: skip
BETWEEN, SHARED = "8a", "OF THEM AT TEN PERCENT"
MADE = {
    "14": "words: LEFT OF THE POOL\n    formula: pool - paid\n    shown: dollars",
    "15": "words: SHARE OF CAREER APPOINTEES RATED 5\n    formula: rated.5.career / appointees.career\n    shown: percent",
}
ADDED, WORDS = "13", "CAREER APPOINTEES RATED ABOVE FULLY SUCCESSFUL"


def oldest(editions_of: Path, folder: Path) -> Path:
    """The first edition, alone in a folder of its own, so that an edition added to the real ones changes nothing here."""
    folder.mkdir()
    return Path(shutil.copy(min(editions_of.glob("*.yaml")), folder))


def moved(real: Path, first_day: str, *, reworded: bool = False) -> Path:
    """The made-up edition in a file beside the oldest: entries in another order under other numbers, and one more.

    One that is `reworded` calls its rows, columns and days otherwise, too, and has an item between two others.
    """
    head, listed = real.read_text(encoding="utf-8").split("items:\n")
    entries = re.split(r"^  \d+:\n", listed, flags=re.MULTILINE)[1:]
    of = {re.search(r"holds: (\w+)", entry)[1]: entry for entry in entries}
    # The month of payment has the width of the sheet here: its former neighbor's place is another item's.
    of["paid_in"] = of["paid_in"].replace("    beside: agency\n", "")
    text = re.sub(r"first_day: .+", f"first_day: {first_day}", head) + "items:\n"
    text += "".join(f"  {number}:\n{of[holds]}" for holds, number in NUMBERS.items())
    text = text.rstrip("\n") + f"\n  {ADDED}:\n    words: {WORDS}\n    sum: [rated.4.career, rated.5.career]\n"
    text += "    made: Item {ratings} {career}, levels 4 and 5.\n    ties: At most item {ratings} Career TOTAL.\n"
    if reworded:
        for word, other in OTHER_WORDS.items():
            assert word in text
            text = text.replace(word, other)
        text = text.replace(
            "  9:\n", f"  {BETWEEN}:\n    words: {SHARED}\n    sum: [levels.10]\n    made: Counted.\n  9:\n"
        )
        text += "".join(f"  {number}:\n    {entry}\n    made: Worked out.\n" for number, entry in MADE.items())
    file = real.with_name(f"{first_day}.yaml")
    file.write_text(text, encoding="utf-8")
    return file


def renumbered(said: str) -> str:
    """A sentence on the oldest edition as it is said on the made-up one."""
    first = editions.every()[0]
    new = {first.numbers[holds]: number for holds, number in NUMBERS.items()}

    def both(found: re.Match[str]) -> str:
        one, word, other = found["one"], found["word"], found["other"]
        pair = [new[one]] if other is None else sorted((new[one], new[other]), key=int)
        return f"{found['item']} {(word or '').join(pair)}"

    return re.sub(r"\b(?P<item>[Ii]tems?) (?P<one>\d+)(?:(?P<word> to | and )(?P<other>\d+))?\b", both, said)
