"""What changed since the last time tells how many findings there are, and no key of one."""

import json

import pytest

from seskit.desk.opener import since


def write(place, count, **more):
    listed = [{"key": f"certification.evidence.{number:06x}", "rule": "E1"} for number in range(count)]
    place.write_text(json.dumps({"findings": listed, **more}), encoding="utf-8")


@pytest.mark.parametrize(("first", "second", "told"), [
    (2, 5, ["Findings: 5, was 2"]), (5, 2, ["Findings: 2, was 5"]), (2, 2, ["Score: 91, was 90"]),
])  # fmt: skip
def test_findings_are_counted(tmp_path, first, second, told):
    """Whatever is in them; other figures are told as before."""
    file = tmp_path / "package.json"
    write(file, first, score=90)
    was = since.before(tmp_path)
    write(file, second, score=91 if first == second else 90)
    said = since.changed(was, [file])
    assert said[1:] == told
