"""The suite `refuse`: input that must be refused."""
