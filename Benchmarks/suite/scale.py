"""How generation and compilation grow with the description."""
from .measure import Median, Run, megabytes, seconds, table

SIZES = [0.1, 0.3, 1, 3, 10, 30]


def synthetic(resources):
    """A description with so many resources: a schema of ten properties and
    two operations for each."""
    lines = ["openapi: 3.1.0", "info: {title: Synthetic, version: '1'}", "servers: [{url: https://synthetic.example}]", "paths:"]
    for index in range(resources):
        parameter = "{id}"
        lines += [
            f"  /resources{index}/{parameter}:",
            "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
            "    get:",
            f"      operationId: getResource{index}",
            f"      summary: One of the resources of kind {index}.",
            "      responses:",
            "        '200':",
            "          description: The resource.",
            f"          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Resource{index}'}}}}}}",
            "    put:",
            f"      operationId: putResource{index}",
            "      requestBody:",
            f"        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Resource{index}'}}}}}}",
            "      responses: {'204': {description: Stored.}}",
        ]
    lines += ["components:", "  schemas:"]
    for index in range(resources):
        lines += [f"    Resource{index}:", "      type: object", "      required: [id, name]", "      properties:"]
        lines += ["        id: {type: string}", "        name: {type: string, description: What people call it.}"]
        lines += [f"        field{field}: {{type: {kind}, description: The field number {field} of this resource.}}"
                  for field, kind in enumerate(["string", "integer", "number", "boolean", "string", "string", "integer"])]
        lines += [f"        next: {{$ref: '#/components/schemas/Resource{(index + 1) % resources}'}}"]
    return "\n".join(lines) + "\n"


def run(context):
    tool, modules = context.tool("release"), context.modules()
    unit = len(synthetic(1000)) / 1000
    points, rows = [], []
    for size in SIZES:
        folder = context.folder()
        description = folder / "synthetic.yaml"
        description.write_text(synthetic(max(1, int(size * 1e6 / unit))))
        bytes_ = description.stat().st_size
        median = Median([
            Run([tool, "generate", description, "--output", context.folder(), "--shards", "24", "--stem", "s"])
            for _ in range(context.runs)])
        points.append((bytes_ / 1e6, median.wall, median.peak))
        rows.append([f"{bytes_ / 1e6:.1f} MB", seconds(median.wall), f"{median.wall / bytes_ * 1e9:.0f} ms/MB",
                     megabytes(median.peak)])
        context.say("  " + " ".join(rows[-1]))
    yield "Synthetic descriptions:"
    yield ""
    yield from table(["description", "generation", "per megabyte", "peak memory"], rows)
    real = []
    for description in sorted((context.corpus or context.work).rglob("*.yaml")) + sorted((context.corpus or context.work).rglob("*.json")):
        bytes_ = description.stat().st_size
        if bytes_ < 100_000 or "package" in description.name:
            continue
        run_ = Run([tool, "generate", description, "--output", context.folder()], check=False)
        real.append((bytes_ / 1e6, run_.wall, run_.peak))
    (context.here / "scale.svg").write_text(plot(points, real))
    yield "![Generation time over size](scale.svg)"
    yield ""
    rows = []
    for resources in [100, 200, 400, 800]:
        folder = context.folder()
        description = folder / "synthetic.yaml"
        description.write_text(synthetic(resources))
        Run([tool, "generate", description, "--output", folder / "out", "--shards", "8", "--stem", "s"])
        sources = sorted((folder / "out").rglob("*.swift"))
        compiled = Run(["swiftc", "-c", "-Onone", "-enable-batch-mode", "-j2", "-swift-version", "6", "-module-name",
                        "Client", "-I", modules, *sources], folder=folder)
        rows.append([resources, resources * 2, seconds(compiled.cpu), f"{compiled.cpu / resources * 1000:.0f} ms",
                     megabytes(compiled.peak)])
        context.say("  " + " ".join(map(str, rows[-1])))
    yield "Compilation, -Onone, processors' seconds:"
    yield ""
    yield from table(["schemas", "operations", "compilation", "per schema", "largest process"], rows)


def plot(synthetic_points, real_points):
    """Both axes are logarithmic, so that linear growth is a line at 45°."""
    import math
    width, height, margin = 640, 400, 50
    left, right, low, high = -1.2, 1.7, -2.0, 1.0
    x = lambda value: margin + (math.log10(value) - left) / (right - left) * (width - 2 * margin)
    y = lambda value: height - margin - (math.log10(value) - low) / (high - low) * (height - 2 * margin)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for value in [0.1, 0.3, 1, 3, 10, 30]:
        parts.append(f'<line x1="{x(value):.1f}" y1="{margin}" x2="{x(value):.1f}" y2="{height - margin}" stroke="#ddd"/>')
        parts.append(f'<text x="{x(value):.1f}" y="{height - margin + 18}" text-anchor="middle">{value} MB</text>')
    for value in [0.01, 0.1, 1, 10]:
        parts.append(f'<line x1="{margin}" y1="{y(value):.1f}" x2="{width - margin}" y2="{y(value):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{margin - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value} s</text>')
    parts.append('<polyline fill="none" stroke="#06c" stroke-width="2" points="'
                 + " ".join(f"{x(size):.1f},{y(time):.1f}" for size, time, _ in synthetic_points) + '"/>')
    for size, time, _ in real_points:
        parts.append(f'<circle cx="{x(size):.1f}" cy="{y(max(time, 0.01)):.1f}" r="3" fill="#c30"/>')
    parts.append(f'<text x="{width / 2}" y="24" text-anchor="middle">Generation time over the size of the description: '
                 'synthetic (line) and real (dots)</text></svg>')
    return "\n".join(parts) + "\n"
