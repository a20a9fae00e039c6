"""A forum as a facilitator types it."""

from __future__ import annotations

PLAIN = """title: Our half day
date: February 15, 2012
start: "1:00 p.m."
timezone: America/New_York
place: Hall A
contact: Pat in room 5
accommodation_contact: Pat in room 5
content_as_of: 2/15/2012
sessions:
  - {source: ../sessions/model_opening.md, role: Chief}
  - {minutes: 15, kind: break, title: Break}
  - {source: ../sessions/model_plan.md, role: Lead}
"""
