"""A closeout from a worksheet typed here."""

from __future__ import annotations

from seskit.work import closeout as work

#: The period whose end the ceiling on levels 4 and 5 first binds, and one before it.
BOUND, FREE = ("2025-10-01", "2026-09-30"), ("2023-10-01", "2024-09-30")


def folder(place, people, *, period=FREE, pay=None, terms="", agency="", elements="", settings=""):
    """An agency's folder: people as (number, type, level, rate, award, rest), with a pay worksheet where `pay` is given."""
    place.mkdir(parents=True, exist_ok=True)
    year = int(period[1][:4])
    (place / "agency.yaml").write_text(
        f"code: INV\nname: Invented Office of Ferries\nfiscal_year: {year}\ncertified: yes\n{agency}plans:\n  - id: main\n"
        f"    pattern: H\n    appraisal_period: {{from: {period[0]}, to: {period[1]}}}\n"
        f"    awards: {{status: paid, paid_in: {year}-12, determined_on: {year}-12-08}}\n"
    )
    head = "person_id,name,plan,component,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,rating_date,award\n"
    rows = [
        f"{number},{name},main,{component},{ig},{kind},{rate},{rate},{level},{year}-11-10,{award if pay is None else ''}\n"
        for number, name, component, ig, kind, level, rate, award in people
    ]
    (place / "roster.csv").write_text(head + "".join(rows))
    if pay is not None:
        (place / "pay.yaml").write_text(f"effective: {year + 1}-01-12\nawards_paid_on: {year}-12-20\n{terms}")
        (place / "pay.csv").write_text(
            "person_id,rate,last_adjusted,proposed_rate,proposed_award,ground,top_official_approves,reason\n"
            + "".join(pay)
        )
    if elements:
        (place / "element_levels.csv").write_text(elements)
    if settings:
        (place / "closeout.yaml").write_text(settings)
    return place


def person(number, level, rate=200000, award="", kind="career", ig="no", component="Ferries", name=""):
    """One row of the roster."""
    return (number, name, component, ig, kind, level, rate, award)


def done(place, **facts):
    """The closeout of a folder that can be read."""
    opened = work.open_folder(place, **facts)
    assert opened.sheet, [str(problem) for problem in opened.problems]
    return work.closeout(opened)


def worksheet_rows(people, **proposals):
    """Pay rows: number -> (proposed_rate, award, ground, approves, reason)."""
    made = []
    for number, _, _, _, _, _, rate, _ in people:
        given = proposals.get(number, ("", "", "", "", ""))
        made.append(f"{number},{rate},2023-01-15,{','.join(map(str, given))}\n")
    return made
