"""What the closeout of an appraisal year reads besides the roster: `closeout.yaml` and `element_levels.csv`."""
