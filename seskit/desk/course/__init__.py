"""The course: short stories to decide, feedback that names the mistake, progress on the learner's own computer.

`scenario` reads and draws the stories, `feedback` judges an answer and hints, `plan` joins lessons to paths and says what
comes next, `progress` keeps what was practiced, `record` writes the record of completion. The stories and lessons lie in
`training/course`.
"""
