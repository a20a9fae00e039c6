"""Documents of an appraisal year: plan, audit packet, list of actions, notice to executives."""
