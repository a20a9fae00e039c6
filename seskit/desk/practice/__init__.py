"""Practice problems as they are declared: which facts change, within which bounds, and what may be answered.

`answers` reads and compares what a person gives, `drawing` invents facts that fit together, `declared` joins the two.
The declarations of the questions lie in `questions/`, one file for each subject; those of a session lie in the session.
"""
