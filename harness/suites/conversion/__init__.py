"""Messages that are converted as they stand, with the rules that they break."""
