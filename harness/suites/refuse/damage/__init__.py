"""Invalid inputs, made by damaging valid messages."""
