import Source

/// The settings that name things of the description, and which of them were of use.
final class SettingsUse {
    let options: LoweringOptions
    let diagnostics: Diagnostics
    private var used: Set<SourceLocation> = []

    init(options: LoweringOptions, diagnostics: Diagnostics) {
        self.options = options
        self.diagnostics = diagnostics
    }

    /// The setting for something that the description calls `name`.
    func setting(_ list: KeyPath<LoweringOptions, [String: Configured]>, _ name: String) -> String? {
        guard let found = options[keyPath: list][name] else { return nil }
        used.insert(found.location)
        return found.text
    }

    /// Whether there is such a setting at all, for what is asked often.
    func isEmpty(_ list: KeyPath<LoweringOptions, [String: Configured]>) -> Bool {
        options[keyPath: list].isEmpty
    }

    /// Warns of a name from the settings that something else has already.
    func reportTaken(_ wished: String, _ name: String, at location: SourceLocation?) {
        diagnostics.warn(.nameTaken, "the name `\(wished)` is taken; `\(name)` is used", at: location)
    }

    func location(_ list: KeyPath<LoweringOptions, [String: Configured]>, _ name: String) -> SourceLocation? {
        options[keyPath: list][name]?.location
    }

    /// Warns of the settings that nothing in the description is called by.
    func reportUnused() {
        report(options.renames.schemas, "there is no schema")
        report(options.renames.operations, "there is no operation")
        report(options.renames.properties, "there is no schema with a property")
        report(options.renames.tags, options.groupsByTag ? "there is no tag" : "without `groupByTag: true` nothing is named after the tag")
        report(options.emptyPathParameters, "there is no operation with a path parameter")
        report(options.types.formats, "no value has the format")
        report(options.types.schemas, "there is no schema")
        report(options.idempotent, "there is no operation")
        report(options.extensions, "no operation has the extension")
    }

    private func report(_ settings: [String: Configured], _ reason: String) {
        for (name, setting) in settings where !used.contains(setting.location) {
            diagnostics.warn(.unusedSetting, "\(reason) `\(name)`; ignored", at: setting.location)
        }
    }
}
