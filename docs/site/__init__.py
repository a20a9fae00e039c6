"""The documentation site: what is written by hand is staged, what is declared in code is generated, examples are run."""
