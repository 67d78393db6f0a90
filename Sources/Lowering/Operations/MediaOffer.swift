import OpenAPI

/// What a response can be had as. A method for each media type asks, so all that takes a
/// look at every one of them is done once.
struct MediaOffer {
    /// The media type that is asked for where nobody wants another.
    let usual: MediaType?
    /// Those that say something else, as ``MediaChoice/identity(_:)`` spells them.
    let others: [String]
    private let byIdentity: [String: MediaType]

    init(_ content: [MediaType]) {
        let sorted = MediaChoice.sorted(content)
        usual = MediaChoice.response(sorted)
        others = MediaChoice.otherResponses(sorted)
        byIdentity = sorted.count < 2 ? [:] : Dictionary(sorted.map { (MediaChoice.identity($0.name), $0) }) { first, _ in first }
    }

    /// - Parameter mediaType: The media type to take where it is there.
    func choice(preferring mediaType: String?) -> MediaType? {
        mediaType.flatMap { byIdentity[$0] } ?? usual
    }
}
