"""What may be asked: dated rules and one function per question. Facts in, Result out; no file is opened here."""
