"""The helpers of these tests assert too, and must tell as much as a test when they fail."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("edited")
pytest.register_assert_rewrite("manifest_held")
