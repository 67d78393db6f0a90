"""A package that uses the plugin: its first build, and what is compiled anew
after a change of one schema."""
import re
import statistics

from .compilation import compiled_files
from .measure import Run, seconds, table

HELLO = """\
openapi: 3.1.0
info: {title: Hello, version: "1"}
servers: [{url: https://hello.example}]
paths:
  /greetings/{name}:
    get:
      operationId: greet
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: A greeting.
          content: {application/json: {schema: {$ref: '#/components/schemas/Greeting'}}}
components:
  schemas:
    Greeting: {type: object, required: [text], properties: {text: {type: string}}}
"""


def package(context, description, traits=None, prebuilt=False):
    """A package with a client of the description in it.

    Traits: what the package's line says of them; without it they are the default.
    Prebuilt: whether the plugin is that of the tool that is built already.
    """
    folder = context.folder()
    sources = folder / "Sources" / "Hello"
    sources.mkdir(parents=True)
    chosen = "" if traits is None else f", traits: {traits}"
    plugin = '.plugin(name: "ApusPrebuiltPlugin", package: "Prebuilt")' if prebuilt else '.plugin(name: "ApusPlugin", package: "apus")'
    another = f'.package(path: "{context.root}/Prebuilt")' if prebuilt else ""
    (folder / "Package.swift").write_text(f"""\
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Hello",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "apus", path: "{context.root}"{chosen}), {another}],
    targets: [
        .executableTarget(
            name: "Hello",
            dependencies: [.product(name: "ApusRuntime", package: "apus")],
            plugins: [{plugin}])
    ]
)
""")
    (sources / "main.swift").write_text('import ApusRuntime\nprint("Hello")\n')
    (sources / "openapi.yaml").write_text(description)
    return folder


def build(folder, *options):
    return Run(["swift", "build", "--package-path", folder, *options])


def run(context):
    variants = [("the tool is compiled, default traits", {}), ("the tool is compiled, no traits", {"traits": "[]"})]
    if (context.root / "Prebuilt/Binaries/apus-generate.artifactbundle").exists():
        variants.append(("the tool is built already, no traits", {"traits": "[]", "prebuilt": True}))
    firsts = {title: [] for title, _ in variants}
    for _ in range(context.runs):
        # In turn, so that all of them see the same machine.
        for title, options in variants:
            folder = package(context, HELLO, **options)
            Run(["swift", "package", "resolve", "--package-path", folder])
            firsts[title].append(build(folder))
            context.say(f"  {title}: {firsts[title][-1].wall:.1f} s")
    yield "First build of a hello-world client through the plugin, clean, debug, dependencies fetched:"
    yield ""
    yield from table(["plugin", "wall", "of processors"], [
        [title, seconds(statistics.median(run.wall for run in runs)), seconds(statistics.median(run.cpu for run in runs))]
        for title, runs in firsts.items()])
    yield "To reach: 20 s with the tool compiled, 12 s with the tool of `make bundle`."
    yield ""
    asana = context.description("asana")
    if not asana:
        return
    text = without_oauth(asana.read_text())
    folder = package(context, text)
    # Always with `-v`: to ask for it later makes SwiftPM build everything anew.
    rows = [["first build", "", seconds(build(folder, "-v").wall)]]
    for what, changed in changes(text):
        (folder / "Sources" / "Hello" / "openapi.yaml").write_text(changed)
        again = build(folder, "-v")
        # SwiftPM compiles plugins' own sources now and then; those are no part of this.
        names = {name for name in compiled_files(again.output) if name.rsplit("/", 1)[-1].startswith("openapi.")}
        rows.append([what, len(names), seconds(again.wall)])
        context.say("  " + " ".join(map(str, rows[-1])))
        (folder / "Sources" / "Hello" / "openapi.yaml").write_text(text)
        build(folder, "-v")
    yield from table(["asana through the plugin", "files compiled", "wall"], rows)
    yield "To reach after one schema has changed: 3 files."
    yield ""
    release = build(package(context, HELLO), "-c", "release")
    yield f"First build of the hello-world client in release: {seconds(release.wall)}."
    yield ""


def changes(text):
    """What people change in a description, and the description then."""
    def with_property(schema):
        pattern = r"(\n    " + schema + r":\n(?:      .*\n)*? +properties:\n)( +)"
        return re.sub(pattern, r"\1\2apus_benchmark: {type: string}\n\2", text, count=1)

    yield "the comment of a property changed", text.replace("Color of the tag.", "Colour of the tag.", 1)
    yield "a property added to a schema that few use (TagBase)", with_property("TagBase")
    yield "a property added to a schema that many use (UserCompact)", with_property("UserCompact")
    yield "a schema added", text.replace(
        "\n  schemas:\n", "\n  schemas:\n    ApusBenchmark:\n      type: object\n      properties: {one: {type: string}}\n", 1)
    yield "an operation added", text.replace(
        "\npaths:\n", "\npaths:\n  /apus/benchmark:\n    get:\n      operationId: getApusBenchmark\n"
        "      responses: {'204': {description: Nothing.}}\n", 1)


def without_oauth(text):
    """The same API without sign-in by OAuth, whose library is not linked here."""
    return text.replace("type: oauth2", "type: http\n      scheme: bearer", 1)
