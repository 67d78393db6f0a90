import Declarations
import OpenAPI

/// Finds the contents of `text/plain` that are more than any text: numbers, dates,
/// values of an enumeration.
struct TextScalars {
    let planner: TypePlanner

    /// The type of the text; nil where it is a string.
    func type(of media: MediaType, at place: Place) -> TypeReference? {
        guard MediaChoice.essence(media.name) == "text/plain", let schema = media.schema, isTyped(schema) else { return nil }
        return planner.type(schema, at: place)
    }

    /// Whether values are a string, a number or a boolean.
    func isScalar(_ schema: Schema) -> Bool {
        if case .scalar(.string) = planner.shapes.settledShape(schema) { return true }
        return isTyped(schema)
    }

    private func isTyped(_ schema: Schema) -> Bool {
        switch planner.shapes.settledShape(schema) {
        case .enumeration: true
        case .scalar(let builtin):
            builtin.isInteger || [.bool, .double, .float, .decimal, .date, .calendarDate, .uuid].contains(builtin)
        default: false
        }
    }
}
