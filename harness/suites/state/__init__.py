"""The suite `state`: a message comes out the same, whatever is under way or came before."""
