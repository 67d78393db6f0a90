"""From a description to files on disk, whole process, in the configurations a
plugin gets; against openapi-generator."""
from .context import plugin_layout
from .measure import Run, in_turn, megabytes, seconds, several, table

LIMITS = {"github-enterprise-server-3.6": 0.5, "asana": 0.4, "kubernetes-1.10": 0.5}


def run(context):
    tools = {name: context.tool(name) for name in ["release", "debug"]}
    rows = []
    for name, limit in LIMITS.items():
        description = context.description(name)
        if not description:
            continue
        for configuration, written_as, options in [
            ("release", "a file per model", []), ("debug", "a file per model", []),
            ("debug", "the plugin's shards", plugin_layout(description)),
        ]:
            generate = lambda folder: Run([tools[configuration], "generate", description, "--output", folder, *options])
            kept = context.folder()
            generate(kept)
            before = {file: file.stat().st_mtime_ns for file in kept.rglob("*.swift")}
            first = several(context.runs, lambda: generate(context.folder()))
            again = several(context.runs, lambda: generate(kept))
            written = sum(file.stat().st_mtime_ns != before.get(file) for file in kept.rglob("*.swift"))
            rows.append([
                name, configuration, written_as, seconds(first.wall), f"≤ {limit} s", seconds(again.wall), f"≤ {limit / 2} s",
                written, megabytes(first.peak), "≤ 150 MB"])
    yield from table(
        ["description", "tool", "as", "first run", "to reach", "nothing changed", "to reach", "files written then",
         "peak memory", "to reach"], rows)
    program, asana = context.rival(), context.description("asana")
    if program and asana:
        ours, rival, ratio = in_turn(
            context.runs,
            lambda: Run([tools["release"], "generate", asana, "--output", context.folder()]),
            lambda: Run([program, "generate", "-g", "swift6", "-i", asana, "-o", context.folder(), "--skip-validate-spec"]))
        yield (f"asana against openapi-generator, in turn: {seconds(ours.wall)} and {seconds(rival.wall)}, "
               f"**{ratio:.0f} times** as fast.")
        yield ""
