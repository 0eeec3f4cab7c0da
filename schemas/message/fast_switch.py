"""The switch of all fast paths; with `IKEUR_FAST=off` in the environment the plain paths do it all.

It is for tests: results are the same either way. Worker processes inherit it.
"""

from __future__ import annotations

import os

VARIABLE = "IKEUR_FAST"
IS_ON = os.environ.get(VARIABLE) != "off"
