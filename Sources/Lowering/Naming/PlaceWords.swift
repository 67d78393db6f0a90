import OpenAPI
import TextScanning

/// Names for places, made of what stands there and of nothing else.
struct PlaceWords {
    /// What union members are called, by their places.
    let variantNames: [ObjectIdentifier: String]

    /// The name of a place without what is around it: what equal types have to share.
    func ownName(of place: Place) -> String {
        switch place.step {
        case .response, .shared(.response, _, _): return "Response"
        case .body: return place.parent.map(isResponse) == true ? "Response" : "Request"
        case .item: return SwiftName.nestedType(Self.element(Words(place.parent.map(ownName) ?? "")))
        case .value: return (place.parent.map(ownName) ?? "") + "Value"
        default: return SwiftName.nestedType(words(of: place, below: place.parent))
        }
    }

    private func isResponse(_ place: Place) -> Bool {
        switch place.step {
        case .response, .shared(.response, _, _): true
        default: false
        }
    }

    /// The words of a place, from the type that it is in on.
    ///
    /// - Parameter holder: The place of that type; nil for what stands in the
    ///   namespace itself.
    func words(of place: Place, below holder: Place?) -> Words {
        if place === holder { return Words("") }
        func before() -> Words { place.parent.map { words(of: $0, below: holder) } ?? Words("") }
        let isDirect = place.parent === holder
        switch place.step {
        case .component(let name): return Words(name)
        case .shared(let kind, let name, _): return Self.words(of: kind, name)
        case .operation: return Words("")
        case .webhook(let name, _): return Self.words(Words(name), saying: "webhook")
        case .parameter(_, let name): return Words(name)
        case .body(let mediaType): return isResponse(place.parent ?? place) ? before() : Self.body(mediaType, before())
        case .response(let status, let isFailure):
            return isFailure ? Words(StatusName.of(status)) + Words("error") : Words("response")
        case .responseHeader(let name): return Words(name).dropping { $0.lowercased() == "x" }
        case .callback(let name, _, _): return Self.words(Words(name), saying: "callback")
        case .own(let kind): return Words(kind.rawValue)
        case .property(let name):
            return outside(place.parent, holder) + Words(name)
        case .item:
            if isDirect { return Words("item") }
            // Of `Pets` in the namespace, `Pet` may be a component one day.
            if case .component(let name) = place.parent?.step { return Self.item(Words(name)) }
            return Self.element(before())
        case .value: return isDirect ? Words("additional property") : before() + Words("value")
        case .variant: return before() + Words(variantNames[ObjectIdentifier(place)] ?? (isDirect ? "variant" : ""))
        case .base: return before() + Words("base")
        }
    }

    /// What stands before a property's name where the object is not a type: not
    /// the name of the alternative that brought it.
    private func outside(_ place: Place?, _ holder: Place?) -> Words {
        var place = place
        while let current = place, current !== holder {
            switch current.step {
            case .variant, .base: place = current.parent
            default: return words(of: current, below: holder)
            }
        }
        return Words("")
    }

    /// What a type is called where its usual name is taken.
    func alternative(of place: Place, _ words: Words) -> Words {
        switch place.step {
        case .response(let status, false): return Words(StatusName.of(status)) + words
        case .parameter: return words + Words("parameter")
        case .body(let mediaType): return MediaName.words(mediaType) + words
        case .webhook(_, let method): return words + Words(method.lowercased())
        case .callback(_, _, let method): return words + Words(method.lowercased())
        case .component, .shared: return words + Words("model")
        default: return words + Words("value")
        }
    }

    // MARK: - Words

    private static func body(_ mediaType: String, _ before: Words) -> Words {
        if !before.isEmpty { return before }
        let essence = MediaChoice.essence(mediaType)
        let isForm = essence == "application/x-www-form-urlencoded" || essence.hasPrefix("multipart/")
        return Words(isForm ? "form" : "request")
    }

    private static func words(of kind: Place.SharedKind, _ name: String) -> Words {
        let words = Words(name)
        switch kind {
        case .parameter: return Self.words(words, saying: "parameter")
        case .header: return Self.words(words, saying: "header")
        case .requestBody: return Self.words(words, saying: "request", "body")
        case .response: return Self.words(words, saying: "response", "error", "failure")
        }
    }

    /// The words with the first of `kinds` behind them, unless one of them is said already.
    private static func words(_ words: Words, saying kinds: String...) -> Words {
        kinds.contains(where: words.contains) ? words : words + Words(kinds[0])
    }

    /// The element of a collection: `tags` has a `tag`.
    private static func element(_ words: Words) -> Words {
        words.isEmpty ? Words("item") : words.singular ?? item(words)
    }

    private static func item(_ words: Words) -> Words {
        words + Words(words.contains("item") ? "element" : "item")
    }
}
