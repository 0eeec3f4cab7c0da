"""Messages with one named defect: a business rule that they break, and nothing else."""
