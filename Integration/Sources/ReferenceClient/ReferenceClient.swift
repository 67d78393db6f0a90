// There is nothing to write here: the build tool plugin generates `ReferenceAPI`
// from the description in this folder.
@_exported import ApusOAuth
@_exported import ApusRuntime
