"""The suite `roundtrip`: a message and its return message, converted and still a pair."""
