"""What the benchmarks work with."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


class Context:
    def __init__(self, corpus, runs):
        self.here = pathlib.Path(__file__).resolve().parent.parent
        self.root = self.here.parent
        self.corpus = pathlib.Path(corpus) if corpus else None
        self.runs = runs
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="apus-bench-"))
        self._folders = 0

    def close(self):
        shutil.rmtree(self.work, ignore_errors=True)

    def say(self, text):
        print(text, file=sys.stderr, flush=True)

    def folder(self):
        """A new empty folder. Never one that was emptied: a file system may
        take long to use the places of deleted files again."""
        self._folders += 1
        path = self.work / str(self._folders)
        path.mkdir()
        return path

    def description(self, name):
        """A description of the corpus, or None where it is not there."""
        found = sorted(self.corpus.rglob(name + ".*")) if self.corpus else []
        if not found:
            self.say(f"  {name} is not in the corpus; left out")
        return found[0] if found else None

    def tool(self, configuration):
        """The tool, as a plugin gets it in a build of that configuration."""
        command = ["swift", "build", "-c", configuration, "--product", "apus", "--package-path", str(self.root)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shown = subprocess.run(command + ["--show-bin-path"], check=True, capture_output=True, text=True)
        return pathlib.Path(shown.stdout.strip()) / "apus"

    def modules(self):
        """Where the runtime's module is, to compile generated code against."""
        command = ["swift", "build", "-c", "debug", "--package-path", str(self.root)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shown = subprocess.run(command + ["--show-bin-path"], check=True, capture_output=True, text=True)
        return pathlib.Path(shown.stdout.strip()) / "Modules"

    def rival(self):
        """openapi-generator in a Python environment of its own, or None."""
        environment = self.here / ".build-rival"
        program = environment / "bin" / "openapi-generator-cli"
        if not program.exists():
            if not shutil.which("java"):
                self.say("  openapi-generator needs Java, which is not there; left out")
                return None
            self.say("  installing openapi-generator-cli from PyPI …")
            try:
                subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
                subprocess.run([str(environment / "bin" / "pip"), "install", "-q", "openapi-generator-cli"], check=True)
            except (subprocess.CalledProcessError, OSError):
                self.say("  openapi-generator could not be installed; left out")
                return None
        return program

    @staticmethod
    def processors():
        return os.cpu_count() or 1


def plugin_layout(description):
    """The options with which the tool writes the files that the plugin has it write."""
    shards = min(max(description.stat().st_size // 100_000, 1), 24)
    return ["--shards", str(shards), "--stem", "client"]
