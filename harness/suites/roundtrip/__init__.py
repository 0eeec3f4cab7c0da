"""The suite `roundtrip`: conversion there and back, and of a pair."""
