"""Messages with one named defect."""
