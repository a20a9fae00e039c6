"""Let `python -m seskit` be the `seskit` command."""

from seskit.desk.cli import main

main()
