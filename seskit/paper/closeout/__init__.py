"""The closeout on paper: the report for those who prepare, and the decision paper for those who sign."""
