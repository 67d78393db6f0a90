import Declarations
import Templating

extension ContextBuilder {
    /// The arguments of the runtime's `JSONConstraints`, in the order in which it takes them.
    func constraints(_ constraints: Constraints) -> TemplateContext {
        var arguments: [TemplateContext] = []
        func add(_ label: String, _ value: String?, _ nested: Constraints? = nil, members: [Constraints.Member] = []) {
            guard value != nil || nested != nil || !members.isEmpty else { return }
            var entry = TemplateContext()
            entry.set(.label, label)
            entry.set(.value, value ?? "")
            entry.set(.constraints, nested.map(self.constraints))
            entry.set(.hasMembers, !members.isEmpty)
            entry.set(.members, members.map { member in
                var entry = self.constraints(member.constraints)
                entry.set(.key, quoted(member.name))
                return entry
            })
            arguments.append(entry)
        }
        add("minimum", constraints.minimum)
        add("maximum", constraints.maximum)
        add("exclusiveMinimum", constraints.exclusiveMinimum)
        add("exclusiveMaximum", constraints.exclusiveMaximum)
        add("multipleOf", constraints.multipleOf)
        add("minLength", constraints.minLength.map(String.init))
        add("maxLength", constraints.maxLength.map(String.init))
        add("pattern", constraints.pattern.map(quoted))
        add("minItems", constraints.minItems.map(String.init))
        add("maxItems", constraints.maxItems.map(String.init))
        add("uniqueItems", constraints.uniqueItems ? "true" : nil)
        add("items", nil, constraints.items.first)
        add("minProperties", constraints.minProperties.map(String.init))
        add("maxProperties", constraints.maxProperties.map(String.init))
        add("propertyNames", nil, constraints.propertyNames.first)
        add("properties", nil, members: constraints.properties)
        add("patternProperties", nil, members: constraints.patternProperties)
        add("additionalProperties", nil, constraints.additionalProperties.first)
        var context = TemplateContext()
        context.set(.arguments, arguments)
        return context
    }
}
