"""The keys of the cautions that somebody looks for among those of an answer."""

#: That an answer was given under a question's older name.
OLDER_NAME = "older name"
#: That a rule can be read otherwise, which changes the answer.
OTHER_READING = "other reading"
#: That the figures are for screening and decide nothing.
SCREENING = "screening"
