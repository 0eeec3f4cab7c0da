"""The suite `retour`: the return message to a heenbericht."""
