"""Writers of contents, which share nothing with what the converter writes 2.0 by."""
