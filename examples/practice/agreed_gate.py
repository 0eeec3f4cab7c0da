"""Practice software for the guides: the gate that comes with ikeur, told of the agreements."""

from pathlib import Path

from harness.reference.gate import gate_by

gate = gate_by(str(Path(__file__).with_name("agreements.csv")))
