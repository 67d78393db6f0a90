import OpenAPI

/// Where a schema stands in the description: what it is named after.
///
/// A place is a node of the description and not the way by which somebody came
/// there: a schema inside of an `allOf` part has its place in the component that
/// has the part, whoever inherits it. Places are made by ``PlaceTable`` alone, so
/// that the same place is the same object.
final class Place {
    let parent: Place?
    let step: Step

    /// How a place is reached from the one around it.
    enum Step: Hashable {
        // Roots
        /// A component schema, or one of another file.
        case component(String)
        /// Something else that operations refer to; `key` tells those of one name apart.
        case shared(SharedKind, name: String, key: String)
        case operation(Int)
        case webhook(name: String, method: String)

        // In an operation
        case parameter(location: String, name: String)
        /// The content of one media type.
        case body(mediaType: String)
        case response(StatusPattern, isFailure: Bool)
        case responseHeader(String)
        case callback(name: String, expression: String, method: String)
        /// What belongs to the operation and has no schema.
        case own(OwnKind)

        // In a schema
        case property(String)
        case item
        case value
        /// The member at an index of `oneOf` and `anyOf` together, or of a tuple.
        case variant(Int)
        /// What a schema with subtypes is by itself.
        case base
    }

    /// The kinds of components that are not schemas.
    enum SharedKind: String, Hashable {
        case parameter, header, response, requestBody
    }

    /// Types of an operation that come from no schema.
    enum OwnKind: String, Hashable {
        case body, result, failure, headers, server
    }

    init(parent: Place?, step: Step) {
        self.parent = parent
        self.step = step
    }

    /// The component, operation or the like that it is in.
    var root: Place {
        var place = self
        while let parent = place.parent { place = parent }
        return place
    }

    /// Whether values of it are received and never sent, as far as the place alone
    /// tells. A component may be used for anything.
    var isReceivedOnly: Bool {
        var place: Place? = self
        while let current = place {
            switch current.step {
            case .response, .responseHeader, .callback, .webhook, .shared(.response, _, _), .shared(.header, _, _): return true
            default: place = current.parent
            }
        }
        return false
    }
}

extension Place.Step {
    /// What tells it from the other steps at a place, for the order of what has none. Without
    /// reflection, which is slow, for those that there are many of.
    var text: String {
        switch self {
        case .component(let name): "component(\(name.debugDescription))"
        case .property(let name): "property(\(name.debugDescription))"
        case .responseHeader(let name): "responseHeader(\(name.debugDescription))"
        case .body(let mediaType): "body(mediaType: \(mediaType.debugDescription))"
        case .item: "item"
        case .value: "value"
        case .base: "base"
        case .variant(let index): "variant(\(index))"
        case .shared, .operation, .webhook, .parameter, .response, .callback, .own: "\(self)"
        }
    }
}
