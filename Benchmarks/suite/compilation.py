"""What the Swift compiler takes for generated clients; against
openapi-generator's."""
import re
import statistics

from .measure import Run, in_turn, megabytes, seconds, table


def run(context):
    tool, modules = context.tool("debug"), context.modules()
    rows = []

    def files(description):
        folder = context.folder()
        shards = min(max(description.stat().st_size // 100_000, 1), 24)
        Run([tool, "generate", description, "--output", folder, "--shards", str(shards), "--stem", "client"])
        return sorted(folder.rglob("*.swift"))

    def compiled(sources, *options, module="Client"):
        return Run(["swiftc", "-c", "-swift-version", "6", "-module-name", module, "-I", modules, *options, *sources],
                   folder=context.folder())

    batch = ["-Onone", "-enable-batch-mode", "-j2"]
    for name in ["asana", "github-enterprise-server-3.6", "plaid", "kubernetes-1.10"]:
        description = context.description(name)
        if not description:
            continue
        sources = files(description)
        lines = sum(file.read_bytes().count(b"\n") for file in sources)
        debug = [compiled(sources, *batch) for _ in range(context.runs if name == "asana" else 1)]
        release = compiled(sources, "-O", "-wmo")
        rows.append([
            name, f"{lines:,}", seconds(statistics.median(run.wall for run in debug)),
            seconds(statistics.median(run.cpu for run in debug)), megabytes(max(run.peak for run in debug)),
            seconds(release.wall), megabytes(release.peak)])
        context.say("  " + " ".join(rows[-1]))
    yield "To reach for asana: 25,000 lines, 8 s, 250 MB per process."
    yield ""
    yield from table(
        ["client", "lines", "-Onone, 2 jobs", "of processors", "largest process", "-O, whole module", "memory"], rows)

    program, asana = context.rival(), context.description("asana")
    if program and asana:
        folder = context.folder()
        Run([program, "generate", "-g", "swift6", "-i", asana, "-o", folder, "--skip-validate-spec"])
        theirs = sorted((folder / "Sources").rglob("*.swift"))
        sources = files(asana)
        ours, rival, ratio = in_turn(
            context.runs, lambda: compiled(sources, *batch),
            lambda: compiled(theirs, *batch, module="OpenAPIClient"))
        yield (f"asana against openapi-generator's client, in turn: {seconds(ours.wall)} and {seconds(rival.wall)} "
               f"({seconds(ours.cpu)} and {seconds(rival.cpu)} of processors, {megabytes(ours.peak)} and "
               f"{megabytes(rival.peak)}), **{ratio:.1f} times** as fast.")
        yield ""


def compiled_files(output):
    """The generated files that a verbose build compiled."""
    return {match for match in re.findall(r"-primary-file (\S+\.swift)", output)}
