// There is nothing to write here: the build tool plugin generates an enum from
// each description in this folder.
@_exported import ApusOAuth
@_exported import ApusRuntime
