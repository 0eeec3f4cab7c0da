"""The tables of facts: loading, and checks of their consistency."""
