"""How much of what messages can show was generated."""
