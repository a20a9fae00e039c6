"""The engine: notebooks run and folders read in processes of their own, forked from a warm parent where that can be.

It knows no agency and no subject. What it is to do comes as the name of a module (`served.Served`); what it relies on
in other packages, though it is not public there, is listed in `private`.
"""
