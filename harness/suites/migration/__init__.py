"""The suite `migration`: what may be sent or read at a moment of the switch."""
