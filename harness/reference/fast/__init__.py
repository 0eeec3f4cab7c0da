"""Fast conversion straight from accepted records, without building trees."""
