"""The benchmarks that run whole processes. Each module has a `run(context)`
that yields the lines of its part of the report."""
