"""What an appraisal year of an agency comes to: plans and steps checked, ratings counted, actions called for."""
