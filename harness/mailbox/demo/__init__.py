"""A synthetic mailbox: months of exchange around a switch, answered, with the faults asked for."""
