"""How a return message relates to its heenbericht."""
