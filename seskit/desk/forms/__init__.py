"""`seskit form`: the files of an agency as workbooks, by command."""
