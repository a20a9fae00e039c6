"""`seskit batch` and `kernel`: notebooks for every agency folder, and a kernel that starts faster."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER, pairs
from seskit.desk.console import say
from seskit.desk.in_batch import HOME
from seskit.formats.refusals import FactError

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("agencies", type=FOLDER, metavar="AGENCIESFOLDER")
@click.option("--out", type=FOLDER, required=True, help="Folder for the results; created if needed.")
@click.option(
    "--notebook",
    "notebooks",
    multiple=True,
    default=(HOME,),
    show_default=True,
    help="Notebook to run; repeatable.",
)
@click.option("--only", multiple=True, help="Run only this agency folder; repeatable.")
@click.option("--failed", is_flag=True, help="Run only what failed before.")
@click.option("--workers", type=click.IntRange(1), help="How many to run at once.  [default: the number of cores]")
@click.option(
    "--parameter",
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for the parameters cell of every run.",
)
@click.option("--shard", help="Only one part of the agencies, for example 2/4.")
@click.option("--cluster", metavar="ADDRESS", help="Run on the Dask scheduler at this address.")
@click.option("--tls-ca-file", type=_FILE, help="Certificate authority of the Dask cluster, for a tls://... address.")
@click.option("--tls-cert", type=_FILE, help="This machine's certificate for the Dask cluster.")
@click.option("--tls-key", type=_FILE, help="The key of that certificate.")
@click.option(
    "--cell-seconds", type=click.IntRange(1), default=600, show_default=True, help="Longest time for one cell."
)
@click.option(
    "--notebook-seconds", type=click.IntRange(1), default=1800, show_default=True, help="Longest time for one notebook."
)
@click.option(
    "--memory", type=click.IntRange(256), default=4096, show_default=True, help="Most memory of one notebook, in MiB."
)
def batch(
    agencies: Path,
    out: Path,
    notebooks: tuple[str, ...],
    only: tuple[str, ...],
    failed: bool,
    workers: int | None,
    parameters: tuple[str, ...],
    shard: str | None,
    cluster: str | None,
    tls_ca_file: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    cell_seconds: int,
    notebook_seconds: int,
    memory: int,
) -> None:
    """Run a notebook for every agency folder. Finished results from an earlier run are kept."""
    from seskit import batch as batches
    from seskit.batch import Limits, Tls

    limits = Limits(cell_seconds, notebook_seconds, memory)
    try:
        summary = batches.run(
            agencies,
            out,
            notebooks=notebooks,
            only=only,
            failed=failed,
            workers=workers,
            parameters=pairs(parameters),
            shard=_shard(shard),
            cluster=cluster,
            tls=Tls(tls_ca_file, tls_cert, tls_key) if tls_ca_file or tls_cert or tls_key else None,
            limits=limits,
        )
    except KeyboardInterrupt:
        say("Stopped. Finished work is kept; run the same command to continue.")
        sys.exit(1)
    say(summary.to_text())
    sys.exit(summary.exit_code)


@click.command()
@click.option("--remove", is_flag=True, help="Remove it again.")
def kernel(remove: bool) -> None:
    """Let JupyterLab start notebooks faster, with a kernel that is kept warm; optional."""
    from seskit.batch import warm_kernel

    if remove:
        say("The warm kernel was removed." if warm_kernel.remove() else "The warm kernel was not installed.")
    else:
        warm_kernel.install()
        if not warm_kernel.make_private():
            say("Its connections use ports of this machine here, which its other users can try to reach.")
        say("The warm kernel is installed. Choose it in JupyterLab under Kernel, Change Kernel.")


def _shard(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    number, sign, of = text.partition("/")
    if not (sign and number.isdecimal() and of.isdecimal()):
        raise FactError(f"--shard: '{text}' is not a part; write for example 2/4.")
    return int(number), int(of)
