"""Generates, builds and runs one client that reads and writes values of many schemas."""
import json
import os
import pathlib
import subprocess

NAMESPACE = "Semantics"

MAIN = """\
import ApusRuntime
import Foundation

let reading: JSONReading = CommandLine.arguments.contains("tolerant") ? .tolerant : .strict

func again<T: JSONCoding>(_ type: T.Type, _ bytes: Data) throws -> Data {
    try JSON.encode(try JSON.decode(type, from: bytes, reading: reading))
}

func roundTrip(_ index: Int, _ bytes: Data) throws -> Data {
    switch index {
%s
    default: fatalError("no schema \\(index)")
    }
}

func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\\n").utf8)) }

while let line = readLine() {
    let parts = line.split(separator: "\\t", maxSplits: 1)
    do {
        say("ok\\t" + String(decoding: try roundTrip(Int(parts[0])!, Data(parts[1].utf8)), as: UTF8.self))
    } catch {
        say("error\\t" + "\\(error)".replacing("\\n", with: " "))
    }
}
"""


class NotBuilt(Exception):
    pass


class Client:
    """A program around the types of `document`; `types` are Swift's names by index, and
    `settings` what stands in apus.yaml."""

    def __init__(self, root, folder, document, types, settings=None, shards=8):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        binaries = pathlib.Path(run(["swift", "build", "--package-path", str(root), "--show-bin-path"]).strip())
        description = self.folder / "openapi.json"
        description.write_text(json.dumps(document, indent=1, ensure_ascii=False))
        configuration = self.folder / "apus.yaml"
        configuration.write_text(json.dumps({"unknownMembers": "keep", **(settings or {})}))
        for file in self.folder.glob("*.swift"):
            file.unlink()
        self.report = run([
            str(binaries / "apus"), "generate", str(description), "--output", str(self.folder), "--config", str(configuration),
            "--namespace", NAMESPACE, "--shards", str(shards), "--stem", "API"])
        cases = "\n".join(f"    case {index}: return try again({NAMESPACE}.{name}.self, bytes)" for index, name in types.items())
        (self.folder / "main.swift").write_text(MAIN % cases)
        objects = [str(file) for module in ("ApusRuntime", "HTTPTypes") for file in sorted((binaries / (module + ".build")).rglob("*.o"))]
        self.program = self.folder / "program"
        run(["swiftc", "-Onone", "-swift-version", "6", "-j", str(os.cpu_count() or 1), "-I", str(binaries / "Modules"),
             "-module-name", "SemanticsProgram", *map(str, sorted(self.folder.glob("*.swift"))), *objects, "-o", str(self.program)])

    def round_trips(self, values, reading="strict"):
        """The outcome of each (index, text): ("ok", text), ("error", text) or ("crash", text)."""
        outcomes = []
        while len(outcomes) < len(values):
            lines = "".join(f"{index}\t{text}\n" for index, text in values[len(outcomes):])
            process = subprocess.run([str(self.program), reading], input=lines.encode(), capture_output=True)
            answers = process.stdout.decode().split("\n")[:-1]
            outcomes += [tuple(line.split("\t", 1)) for line in answers]
            if len(outcomes) < len(values):
                outcomes.append(("crash", f"the program ended with {process.returncode}"))
        return outcomes


def run(command):
    finished = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if finished.returncode != 0:
        errors = [line for line in (finished.stderr + finished.stdout).splitlines() if "error:" in line]
        raise NotBuilt("\n".join(errors[:20]) or finished.stderr)
    return finished.stdout + finished.stderr if "generate" in command else finished.stdout
