"""The suite `rules`: a conversion neither breaks rules nor repairs what is broken."""
