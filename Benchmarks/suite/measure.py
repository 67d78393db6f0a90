"""Runs processes and says what they took."""
import os
import resource
import statistics
import subprocess
import tempfile
import time


class Run:
    """One finished process: seconds on the wall and of the processors, and the
    peak memory of its largest process in megabytes."""

    def __init__(self, command, folder=None, check=True):
        with tempfile.TemporaryFile() as output:
            start = time.monotonic()
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.monotonic() - start
            output.seek(0)
            self.output = output.read().decode(errors="replace")
        process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024 if resource.getpagesize() else 0
        if check and process.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, command))[:200]}\n{self.output[-2000:]}")


class Median:
    """The medians of several runs."""

    def __init__(self, runs):
        self.wall = statistics.median(run.wall for run in runs)
        self.cpu = statistics.median(run.cpu for run in runs)
        self.peak = max(run.peak for run in runs)
        self.walls = [run.wall for run in runs]


def in_turn(runs, first, second):
    """Medians of two makers of a Run in turn, and of the ratio second / first:
    a machine that slows down slows both."""
    pairs = [(first(), second()) for _ in range(runs)]
    ratio = statistics.median(right.wall / left.wall for left, right in pairs)
    return Median([left for left, _ in pairs]), Median([right for _, right in pairs]), ratio


def several(runs, make):
    return Median([make() for _ in range(runs)])


def table(columns, rows):
    """Lines of a Markdown table."""
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
    yield ""


def seconds(value):
    return f"{value:.2f} s"


def megabytes(value):
    return f"{value:.0f} MB"
