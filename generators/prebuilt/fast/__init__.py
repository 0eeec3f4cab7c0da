"""Fast writers of messages from prefabs, without building trees."""
