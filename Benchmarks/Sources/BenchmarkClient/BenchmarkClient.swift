// There is nothing to write here: the build tool plugin generates `BenchmarkAPI`
// from the description in this folder.
@_exported import ApusRuntime
