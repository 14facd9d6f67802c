"""`briefbot`, another name of the package `bot`, which is a name that others take too: the build puts this file there
as `briefbot/__init__.py`. Its modules are those of `bot`, not copies of them."""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import bot


class _Alias(MetaPathFinder, Loader):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002  all finders share one signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        # `python -m briefbot` takes the code of its file, which only the finder of files gives.
        mine = fullname.startswith("briefbot.") and fullname != "briefbot.__main__"
        return ModuleSpec(fullname, self) if mine else None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        sys.modules[name] = import_module(f"bot{name.removeprefix('briefbot')}")


if __name__ == "briefbot":
    sys.meta_path.insert(0, _Alias())
    sys.modules[__name__] = bot
