"""What the Swift compiler takes for generated clients; against
openapi-generator's."""
import re
import statistics

from .context import plugin_layout
from .measure import Run, in_turn, megabytes, seconds, table


NAMES = ["asana", "github-enterprise-server-3.6", "plaid", "kubernetes-1.10"]


def files(context, description):
    folder = context.folder()
    Run([context.tool("debug"), "generate", description, "--output", folder, *plugin_layout(description)])
    return sorted(folder.rglob("*.swift"))


def compiled(context, sources, *options, module="Client"):
    return Run(["swiftc", "-c", "-swift-version", "6", "-module-name", module, "-I", context.modules(), *options, *sources],
               folder=context.folder())


def run(context):
    """As a debug build compiles them."""
    batch = ["-Onone", "-enable-batch-mode", "-j2"]
    rows = []
    for name in NAMES:
        description = context.description(name)
        if not description:
            continue
        sources = files(context, description)
        lines = sum(file.read_bytes().count(b"\n") for file in sources)
        runs = [compiled(context, sources, *batch) for _ in range(context.runs)]
        rows.append([
            name, f"{lines:,}", seconds(statistics.median(run.wall for run in runs)),
            seconds(statistics.median(run.cpu for run in runs)), megabytes(max(run.peak for run in runs))])
        context.say("  " + " ".join(rows[-1]))
    yield "To reach for asana: 25,000 lines, 8 s, 250 MB per process."
    yield ""
    yield from table(["client", "lines", "-Onone, 2 jobs", "of processors", "largest process"], rows)

    program, asana = context.rival(), context.description("asana")
    if program and asana:
        folder = context.folder()
        Run([program, "generate", "-g", "swift6", "-i", asana, "-o", folder, "--skip-validate-spec"])
        theirs = sorted((folder / "Sources").rglob("*.swift"))
        sources = files(context, asana)
        ours, rival, ratio = in_turn(
            context.runs, lambda: compiled(context, sources, *batch),
            lambda: compiled(context, theirs, *batch, module="OpenAPIClient"))
        yield (f"asana against openapi-generator's client, in turn: {seconds(ours.wall)} and {seconds(rival.wall)} "
               f"({seconds(ours.cpu)} and {seconds(rival.cpu)} of processors, {megabytes(ours.peak)} and "
               f"{megabytes(rival.peak)}), **{ratio:.1f} times** as fast.")
        yield ""


def release(context):
    """As a release build compiles them. It takes minutes for each, so once is enough."""
    rows = []
    for name in NAMES:
        description = context.description(name)
        if not description:
            continue
        run = compiled(context, files(context, description), "-O", "-wmo", "-num-threads", "2")
        rows.append([name, seconds(run.wall), megabytes(run.peak)])
        context.say("  " + " ".join(rows[-1]))
    yield "Each was compiled once."
    yield ""
    yield from table(["client", "-O, whole module", "memory"], rows)


def compiled_files(output):
    """The generated files that a verbose build compiled."""
    return {match for match in re.findall(r"-primary-file (\S+\.swift)", output)}
