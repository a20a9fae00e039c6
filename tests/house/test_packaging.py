"""What is installed is written once: pyproject.toml asks, requirements.lock pins, environment.yml repeats the pins."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.parsed import MODULES, imports_of
from tests.places import ROOT

#: What conda-forge calls a package otherwise.
CALLED_THERE = {"typst": "typst-py"}
NAMED_FOR_CONDA = {"ipywidgets", "jupyterlab", "matplotlib", "nbval", "papermill"}
TARGETS = {
    "setup",
    "lint",
    "types",
    "run",
    "forum",
    "lab",
    "app",
    "docs",
    "test",
    "test-all",
    "test-fast",
    "fuzz",
    "bench",
    "lock",
    "clean",
}
# Kept in pieces, so that this file passes its own test.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("anaconda", "org"),
        ("anaconda", "com"),
        ("debian", "org"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs", "cloudflare", "com"),
        ("googleapis", "com"),
    )
]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@cache
def asked_for() -> list[Requirement]:
    """Every requirement of pyproject.toml: run time and each extra."""
    lists = [project()["dependencies"], *project()["optional-dependencies"].values()]
    return [Requirement(line) for requirements in lists for line in requirements]


@cache
def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


@cache
def entries() -> list[str]:
    """One text per pin: its line, its hashes, and the comment that says who asked for it."""
    return re.split(r"(?m)^(?=[a-z0-9])", lock())[1:]


@cache
def pins() -> list[Requirement]:
    return [Requirement(entry.partition("\\\n")[0]) for entry in entries()]


def files() -> list[str]:
    """The files of the project as git has them, or would have them."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: the list of the project's files is not known")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


#: What a package is called where it is imported, if not by its own name; pydantic comes with its core.
IMPORTED_AS = {"pydantic_core": "pydantic", "pypandoc": "pypandoc-binary", "yaml": "pyyaml"}


def test_whatever_is_imported_is_asked_for() -> None:
    """No module of the package rests on what another package happens to bring."""
    asked = {canonicalize_name(one.name) for one in asked_for()}
    found = set()
    for path in MODULES:
        found |= {name.partition(".")[0] for name in imports_of(path)}
    others = found - set(sys.stdlib_module_names) - {"seskit", "__future__"}
    assert {canonicalize_name(IMPORTED_AS.get(name, name)) for name in others} <= asked


@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0", "3.14.0"])
def test_every_requirement_has_one_pin_that_satisfies_it(python: str) -> None:
    """On each Python, a package asked for has exactly one pinned version, within the range asked for."""
    here = {"python_version": python.rpartition(".")[0], "python_full_version": python}
    wrong = []
    for wanted in asked_for():
        found = [
            pin
            for pin in pins()
            if canonicalize_name(pin.name) == canonicalize_name(wanted.name)
            and (pin.marker is None or pin.marker.evaluate(here))
        ]
        versions = [str(pin.specifier).removeprefix("==") for pin in found]
        if len(versions) != 1 or versions[0] not in wanted.specifier:
            wrong.append(f"{wanted}: the lock has {versions or 'nothing'}")
    assert not wrong, f"run `make lock`: {wrong}"


def test_every_pin_is_exact_and_has_a_hash() -> None:
    """A line of the lock names one version and at least one SHA-256 hash of it."""
    assert len(entries()) > 100
    for entry, pin in zip(entries(), pins(), strict=True):
        assert re.fullmatch(r"==[^,*]+", str(pin.specifier)), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


def test_no_pin_is_an_orphan() -> None:
    """Each pinned package is asked for by pyproject.toml, or by a package that is, as the lock's own comments say."""
    parents: dict[str, set[str]] = {}
    for entry, pin in zip(entries(), pins(), strict=True):
        comments = [line.strip("# ").removeprefix("via").strip() for line in entry.splitlines() if "    #" in line]
        parents.setdefault(pin.name, set()).update(name.partition(" ")[0] for name in comments if name)
    reached = {"seskit"}
    while more := {name for name, above in parents.items() if above & reached} - reached:
        reached |= more
    assert set(parents) - reached == set()
    direct = {name for name, above in parents.items() if "seskit" in above}
    assert direct == {canonicalize_name(wanted.name) for wanted in asked_for()}


def test_the_lock_says_how_it_was_made_and_names_no_place() -> None:
    """The second line of the lock is the command of `make lock`; neither it nor the pins hold a path or an address."""
    command = lock().splitlines()[1]
    for part in ("--universal", "--generate-hashes", "--python-version 3.11", *project()["optional-dependencies"]):
        assert part in command
    assert "/" not in command
    assert "://" not in lock()


def test_python_versions_agree() -> None:
    """The oldest Python allowed is the one that conda, .python-version, the linters and the lock are made for."""
    version = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert project()["requires-python"] == f">={version}"
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert f"python >={version},<3.15" in conda
    assert f"--python-version {version}" in lock().splitlines()[1]
    assert tools["ruff"]["target-version"] == "py" + version.replace(".", "")
    assert tools["mypy"]["python_version"] == version
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in SpecifierSet(project()["requires-python"])


def test_conda_gets_what_the_product_needs_by_name() -> None:
    """The packages of conda-forge by name, in the ranges of pyproject.toml; no test tool but nbval; pip for the rest."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert list(environment) == ["name", "channels", "dependencies"]
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    *named, by_pip = environment["dependencies"]
    *wanted, last = by_pip["pip"]
    assert last == "-e ."
    listed = {Requirement(line.replace(" ", "")).name: Requirement(line.replace(" ", "")) for line in [*named, *wanted]}
    extras = project()["optional-dependencies"]
    needed = [Requirement(line) for line in (*project()["dependencies"], *extras["lab"])]
    for requirement in needed:
        assert listed[CALLED_THERE.get(requirement.name, requirement.name)].specifier == requirement.specifier
    extra = set(listed) - {CALLED_THERE.get(requirement.name, requirement.name) for requirement in needed}
    assert extra == {"python", "pip", "nbval", "pandoc", "pypandoc"}
    assert set(listed) >= NAMED_FOR_CONDA


def test_no_registry_or_delivery_network_is_named() -> None:
    """No file of the project names a host that packages or scripts are fetched from."""
    hosts = re.compile("|".join(map(re.escape, HOSTS)).encode())
    named = [f"{name}: {found[0].decode()}" for name in files() if (found := hosts.search((ROOT / name).read_bytes()))]
    assert named == []


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_alone_says_what_there_is() -> None:
    """`make` prints every target a reader needs, and each can be planned without an error."""
    told = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in told.splitlines()} == TARGETS
    for target in TARGETS:
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=True)


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    """Rules, templates and styles are installed with the code; notebooks, samples and training material inside it.

    The pictures of the README are not: nothing that is installed shows them.
    """
    pytest.importorskip("hatchling", reason="hatchling comes with `make setup`")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("seskit-*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    shipped = [name for name in files() if name.startswith(("notebooks/", "training/"))]
    beside = {f"seskit/shipped/{name}" for name in shipped if not name.startswith("notebooks/pictures/")}
    assert packed == {name for name in files() if name.startswith("seskit/")} | beside
