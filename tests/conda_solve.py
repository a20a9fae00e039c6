"""Whether environment.yml can be solved, on each system and Python it is for: `make check-conda`.

The solver is rattler's, brought by its wheel for this check alone. Where the channel cannot be reached, that is said and
nothing is proved.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import yaml

from tests.places import ROOT

#: Each system, with what a machine of it is known to have.
SYSTEMS = {"linux-64": ("__unix", "__linux", "__glibc"), "osx-arm64": ("__unix", "__osx"), "win-64": ("__win",)}
_AT_LEAST = {"__glibc": "2.28", "__osx": "13.0", "__linux": "4.18"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SOLVED, NOT_SOLVED, NOT_REACHED = 0, 1, 3


def asked() -> list[str]:
    """What environment.yml asks of the channel."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    return [line for line in environment["dependencies"] if isinstance(line, str)]


def main(channel: str = "conda-forge", systems: tuple[str, ...] = tuple(SYSTEMS)) -> int:
    """Every system and Python in turn; 0 where all are solved, 1 where one is not, 3 where the channel is not reached."""
    from rattler import exceptions

    worst = SOLVED
    for system in systems:
        for python in PYTHONS:
            try:
                found = asyncio.run(_solved(channel, system, python))
            except exceptions.SolverError as failure:
                print(f"{system}, Python {python}: cannot be solved.\n{failure}")
                worst = NOT_SOLVED
            except (exceptions.GatewayError, exceptions.FetchRepoDataError, OSError) as failure:
                print(f"{channel} cannot be reached, so nothing is known: {failure}")
                return NOT_REACHED
            else:
                print(f"{system}, Python {python}: solved, {len(found)} packages.")
    return worst


async def _solved(channel: str, system: str, python: str) -> list[Any]:
    import rattler
    from rattler.package.build_string import BuildString

    virtual = [
        rattler.GenericVirtualPackage(
            rattler.PackageName(name), rattler.Version(_AT_LEAST.get(name, "0")), BuildString("0")
        )
        for name in SYSTEMS[system]
    ]
    return list(
        await rattler.solve(
            sources=[channel],
            specs=[*asked(), f"python {python}.*"],
            platforms=[system, "noarch"],
            virtual_packages=virtual,
        )
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
