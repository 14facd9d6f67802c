"""Names that say nothing about their value, and names that the product no longer uses."""

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.measures.old_names import CONSTANTS, FUNCTIONS, MODULES, SETTINGS, TABLES, TYPES, Scoped
from tests.measures.sources import Source, Spot, spot

PARTICIPLES = frozenset({"found", "told", "shown", "asked", "made", "kept"})

_Function = ast.FunctionDef | ast.AsyncFunctionDef
Finder = Callable[[Sequence[Source]], list[Spot]]
"""Finds what is left of one kind, by file and line."""

_Definitions = Callable[[Source], Iterable[Spot]]


def participles(source: Source) -> list[Spot]:
    """Every binding of one of the participles, in the order of the file: variables, fields of classes, parameters,
    targets of loops, comprehensions, `with`, `except`, `:=` and `import … as`, captures of patterns."""
    nodes = (each for node in ast.walk(source.tree) for each in _bindings(source, node))
    return sorted((each for each in nodes if each.name in PARTICIPLES), key=lambda each: (each.line, each.column))


def _bindings(source: Source, node: ast.AST) -> Iterator[Spot]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield spot(source, node, name)
        case ast.arg(arg=name):
            yield spot(source, node, name)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield spot(source, node, name)
        case ast.MatchMapping(rest=str(name)):
            yield spot(source, node, name)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (spot(source, node, alias.asname) for alias in names if alias.asname)


def old_types(sources: Sequence[Source]) -> list[Spot]:
    """Classes and type aliases whose name is in `TYPES`, as far as more are left than may stay."""
    return _left(sources, TYPES, _types)


def old_constants(sources: Sequence[Source]) -> list[Spot]:
    """Constants of modules whose name is in `CONSTANTS`."""
    return _left(sources, CONSTANTS, _types)


def old_functions(sources: Sequence[Source]) -> list[Spot]:
    """Functions, methods and fields of classes whose name is in `FUNCTIONS`."""
    return _left(sources, FUNCTIONS, _functions)


def old_modules(sources: Sequence[Source]) -> list[Spot]:
    """Files whose name is in `MODULES`."""
    return _left(sources, MODULES, lambda source: [Spot(source.path, 1, 1, source.path.stem)])


def old_tables(sources: Sequence[Source]) -> list[Spot]:
    """Database tables whose name is in `TABLES`."""
    return _left(sources, TABLES, _tables)


def old_settings(sources: Sequence[Source]) -> list[Spot]:
    """Strings that name a variable of `SETTINGS`; a statement that also names the new variable tells users of it."""
    return [
        each for source in sources for old, new in SETTINGS.items() for each in _mentions(source, source.tree, old, new)
    ]


def _left(sources: Sequence[Source], old: Sequence[Scoped], defined: _Definitions) -> list[Spot]:
    left: list[Spot] = []
    lasting = [source for source in sources if not source.is_migration]  # migrations keep the names of their time
    for scope in old:
        places = [each for source in lasting if scope.holds(source.path) for each in defined(source)]
        for name in scope.names:
            same = [each for each in places if each.name == name]
            left += same if len(same) > scope.may_stay else []
    return sorted(left, key=lambda each: (each.path, each.line))


def _types(source: Source) -> Iterator[Spot]:
    """Classes anywhere, and what the module's own level assigns."""
    yield from (spot(source, node, node.name) for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef))
    for node in source.tree.body:
        yield from (spot(source, target, target.id) for target in _targets(node) if isinstance(target, ast.Name))


def _targets(node: ast.stmt) -> list[ast.expr]:
    match node:
        case ast.Assign(targets=targets):
            return targets
        case ast.AnnAssign(target=target):
            return [target]
        case _:
            alias = getattr(node, "name", None)  # `type X = …` since Python 3.12
            return [alias] if isinstance(alias, ast.Name) else []


def _functions(source: Source) -> Iterator[Spot]:
    """Functions by their name; methods and fields twice, as `.name` and as `Class.name`."""
    members: set[ast.AST] = set()
    for node in ast.walk(source.tree):  # a class comes before what is in it
        if isinstance(node, ast.ClassDef):
            members.update(node.body)
            for member, name in _members(node):
                yield spot(source, member, f".{name}")
                yield spot(source, member, f"{node.name}.{name}")
        elif isinstance(node, _Function) and node not in members:
            yield spot(source, node, node.name)


def _members(node: ast.ClassDef) -> Iterator[tuple[ast.stmt, str]]:
    for member in node.body:
        match member:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield member, name


def _tables(source: Source) -> Iterator[Spot]:
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(
                func=ast.Name(id="Table") | ast.Attribute(attr="Table"), args=[ast.Constant(value=str(name)), *_]
            ):
                yield spot(source, node, name)


def _mentions(source: Source, node: ast.AST, old: str, new: str) -> Iterator[Spot]:
    if isinstance(node, ast.stmt) and not isinstance(node, _Function | ast.ClassDef) and _holds(node, new):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and old in node.value:
        yield spot(source, node, old)
    for child in ast.iter_child_nodes(node):
        yield from _mentions(source, child, old, new)


def _holds(node: ast.AST, text: str) -> bool:
    return any(
        isinstance(each, ast.Constant) and isinstance(each.value, str) and text in each.value for each in ast.walk(node)
    )
