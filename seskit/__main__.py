"""Let `python -m seskit` be the `seskit` command."""

from seskit.cli import main

main()
