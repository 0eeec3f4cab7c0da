"""A worker of Dask on a machine where ikeur is not installed."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder

OURS = ("schemas", "generators", "reports", "harness")


class Absent(MetaPathFinder):
    """Finds nothing of ours."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in OURS:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


if __name__ == "__main__":
    sys.meta_path.insert(0, Absent())
    from distributed.cli.dask_worker import main

    main()
