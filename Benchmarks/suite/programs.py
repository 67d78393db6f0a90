"""The benchmark programs of this package: JSON and requests."""
import json
import pathlib
import shutil
import statistics
import subprocess

from .measure import table


def built(context, product):
    command = ["swift", "build", "-c", "release", "--package-path", str(context.here), "--product", product]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run(command + ["--show-bin-path"], check=True, capture_output=True, text=True)
    return shown.stdout.strip() + "/" + product


def reports(*command):
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


TEXTS = ["countries", "records", "unions", "text", "numbers"]

# Where Debian's packages of Rust libraries put their sources.
CRATES = pathlib.Path("/usr/share/cargo/registry")


def against_serde(context, program):
    """Against serde_json in Rust, where cargo and Debian's serde_json are there:
    librust-serde-json-dev, librust-serde-derive-dev."""
    if not shutil.which("cargo") or not list(CRATES.glob("serde_json-*")):
        context.say("  serde_json is not here (cargo, librust-serde-json-dev, librust-serde-derive-dev); left out")
        return
    package = context.here / "serde"
    subprocess.run(
        ["cargo", "build", "--release", "--offline", "--quiet", "--target-dir", ".build", "--config", 'source.crates-io.replace-with="debian"',
         "--config", f'source.debian.directory="{CRATES}"'], check=True, cwd=package)
    rival, folder = str(package / ".build/release/serde-benchmark"), context.folder()
    subprocess.run([program, "texts", str(folder)], check=True)
    rows = []
    for name in TEXTS:
        ours, theirs = [], []
        # In turn, so that both see the same machine.
        for _ in range(context.runs):
            ours.append({row["direction"]: row["megabytesPerSecond"] for row in reports(program, "alone", "5", name)})
            theirs.append({row["direction"]: row["megabytesPerSecond"] for row in reports(rival, "5", name, str(folder / f"{name}.json"))})
        for direction in ["decode", "encode"]:
            own, other = (statistics.median(run[direction] for run in runs) for runs in (ours, theirs))
            rows.append([name, direction, f"{own:.0f} MB/s", f"{other:.0f} MB/s", f"**{own / other:.2f}**", "≥ 1"])
    yield "Against Rust's serde_json with derived types, in turn. Dates and UUIDs are plain text there."
    yield ""
    yield from table(["text", "", "Apus", "serde_json", "times as fast", "to reach"], rows)


def json_texts(context):
    program = built(context, "JSONBenchmark")
    rows = []
    for row in reports(program, str(context.runs * 3)):
        limit = 8 if row["direction"] == "decode" else 6
        rows.append([
            row["workload"], row["direction"], f"{row['bytes'] / 1e6:.2f} MB", f"{row['milliseconds']:.2f} ms",
            f"{row['megabytesPerSecond']:.0f} MB/s", f"{row['foundation']:.2f} ms", f"**{row['ratio']:.1f}**", f"≥ {limit}"])
    yield "Against `JSONDecoder` and `JSONEncoder` with synthesized `Codable`, in turn, release."
    yield ""
    yield from table(
        ["text", "", "size", "Apus", "", "Foundation", "times as fast", "to reach"], rows)
    folder = context.folder()
    subprocess.run([program, "write", str(folder)], check=True)
    yield from against_serde(context, program)
    rows = []
    for name in TEXTS:
        sides = {}
        for side in ["apus", "foundation"]:
            sides.update({row["side"]: row for row in reports(program, "memory", str(folder), name, side)})
        if len(sides) == 2:
            ours, theirs = sides["apus"], sides["foundation"]
            size = ours["bytes"]
            rows.append([
                name, f"{size / 1e6:.1f} MB", f"{ours['peak'] / size:.2f}", f"{theirs['peak'] / size:.2f}",
                f"{ours['values'] / size:.2f}", f"{max(0, ours['peak'] - ours['values'] - size) / size:.2f}"])
    yield "Peak memory while decoding, the text itself counted, as multiples of the text (to reach: 2)."
    yield ""
    yield from table(
        ["text", "size", "Apus", "Foundation", "of Apus: the values", "of Apus: besides text and values"], rows)


def growth(context):
    program = built(context, "GrowthBenchmark")
    rows = []
    for row in reports(program, str(context.runs)):
        rows.append([
            row["row"], f"{row['bytes'] / 1e3:.0f} KB", f"{row['milliseconds']:.2f} ms",
            f"{row['nanosecondsPerByte']:.1f} ns", f"{row['growth']:.2f}"])
    yield "Texts that someone might send to keep a client busy, release. Each is doubled two or three times; growth is by how much"
    yield "more than the bytes the time grew at most: 1 where it is in proportion, 2 where it grows with the square."
    yield ""
    yield from table(["text", "the longest", "", "a byte", "growth"], rows)


WHEN = ["Before", "AfterFirst", "AfterLast"]


def requests(context):
    program = built(context, "RequestBenchmark")
    rows = {row["benchmark"]: row for row in reports(program, str(context.runs))}
    call, many = rows["call"], rows["concurrent"]
    yield from table(["", "measured", "to reach"], [
        ["a `GET` with two parameters and a small JSON answer, from memory", f"{call['microseconds']:.1f} µs", "≤ 5 µs"],
        ["allocations of it", call["allocations"], "≤ 20"],
        ["the same by hand with `URLSession`, answered from memory", f"{call['urlSession']:.0f} µs ({call['ratio']:.0f} times)", ""],
        [f"{many['requests']:,} calls, 10,000 at a time: allocated and not given back before, after the first round, after the last",
         f"{many['seconds']:.1f} s; " + ", ".join(f"{many['held' + when] / 1e6:.2f} MB" for when in WHEN), "no growth"],
        ["resident then, with what the C library keeps for later",
         ", ".join(f"{many['resident' + when] / 1e6:.0f} MB" for when in WHEN), ""],
        *[[f"1 GB {name} over loopback", f"{rows[name]['seconds']:.1f} s, {rows[name]['growth'] / 1e6:.0f} MB more memory",
           "constant memory"] for name in ["download", "upload"]],
    ])
