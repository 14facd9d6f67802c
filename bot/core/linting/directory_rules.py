"""Rules B140 to B143 and B145: what a directory of briefs holds besides briefs, and lacks. Checked in bot/content."""

from bot.core.linting.rules import rule


@rule("B140", "warning")
def misnamed(right_name: str, is_taken: bool) -> tuple[str, str]:
    """A file that is meant to be a brief, or `_store.yaml`, and whose name does not end with `.yaml`. Nothing of it is
    checked or shown. Wrong: `tea-act.yml`, `tea-act.YAML`, `tea-act.yaml.txt`. Right: `tea-act.yaml`."""
    hint = f"remove it; {right_name} stands beside it" if is_taken else f"rename it to {right_name}"
    return "this file is not read, as its name does not end with .yaml", hint


@rule("B141", "warning")
def in_subdirectory(subdirectory: str, files: int, right_place: str) -> tuple[str, str]:
    """A directory within the directory of briefs that holds YAML files. They are not read: all briefs are files of one
    directory. Wrong: `briefs/1773/tea-act.yaml`. Right: `briefs/tea-act.yaml`."""
    held = "1 YAML file" if files == 1 else f"{files} YAML files"
    return (
        f"this file is not read, as it is in a subdirectory ({subdirectory} holds {held})",
        f"move it to {right_place}",
    )


@rule("B142", "warning")
def no_store() -> tuple[str, str]:
    """The directory has no `_store.yaml`. Sections then have neither titles nor an order nor other words for them, and
    the sections' keys are not checked."""
    return (
        "_store.yaml is missing; sections have no titles, and their keys are not checked",
        "make it, with the sections in the order that readers see: `sections: {overview: {title: Overview}}`",
    )


@rule("B143")
def no_briefs() -> tuple[str, str]:
    """The directory holds neither a brief nor `_store.yaml`. It is most often the wrong one, or one that is not mounted
    or not checked out."""
    return (
        "this directory holds neither a brief nor _store.yaml",
        "name the directory of the briefs; if this is it, mount it, check it out, or add a brief to it",
    )


@rule("B145")
def broken_lock(problem: str, remedy: str) -> tuple[str, str]:
    """`evidence.lock` cannot be read. It holds up no brief: until it is mended, nothing is said of quotes here, and a
    running bot goes by what it read last. Most often a merge left its marks. Wrong: `<<<<<<< HEAD` between two lines.
    Right: the lines of either side, and `briefbot verify`, which writes the file anew."""
    return f"evidence.lock: {problem}", remedy
