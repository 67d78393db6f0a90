"""A bar on the terminal for work that takes longer than a second."""
import sys
import threading
import time

PATIENCE = 1.0  # seconds
WIDTH = 40


class Progress:
    """Counts what is done. Where standard error is not a terminal, nothing is printed."""

    def __init__(self, total):
        self.total = max(total, 1)
        self.done = 0
        self.begun = time.monotonic()
        self.lock = threading.Lock()

    def step(self, count=1):
        with self.lock:
            self.done += count
            if sys.stderr.isatty() and time.monotonic() - self.begun > PATIENCE:
                filled = WIDTH * self.done // self.total
                print(f"\r\x1b[K{'█' * filled}{'░' * (WIDTH - filled)} {self.done}/{self.total}", end="", file=sys.stderr, flush=True)

    def clear(self):
        """Takes the bar away, so that something else can be printed."""
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
