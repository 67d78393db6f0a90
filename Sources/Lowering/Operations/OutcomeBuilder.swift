import Declarations
import OpenAPI
import Source
import TextScanning

/// Turns an operation's responses into what its method returns and throws.
final class OutcomeBuilder {
    private let planner: TypePlanner
    private let constraints: ValueConstraints
    private let diagnostics: Diagnostics
    private let operation: Operation
    private let place: Place
    /// The responses in the order of their statuses, whatever that of the description.
    private let responses: [(status: StatusPattern, response: Response, offer: MediaOffer)]
    /// The media type to take where a response has it.
    private let preferred: String?
    /// The `Accept` field, where it is not what the format implies.
    private(set) var accept: String?

    init(
        planner: TypePlanner, constraints: ValueConstraints, diagnostics: Diagnostics, operation: Operation, place: Place
    ) {
        self.planner = planner
        self.constraints = constraints
        self.diagnostics = diagnostics
        self.operation = operation
        self.place = place
        preferred = nil
        responses = operation.responses.sorted { $0.status.rank < $1.status.rank }.map { ($0.status, $0.response, MediaOffer($0.response.content)) }
    }

    /// The same operation, its responses as another media type.
    init(_ usual: OutcomeBuilder, preferring mediaType: String) {
        planner = usual.planner
        constraints = usual.constraints
        diagnostics = usual.diagnostics
        operation = usual.operation
        place = usual.place
        preferred = mediaType
        responses = usual.responses
    }

    /// One response.
    struct Content {
        var status: StatusPattern
        var format: ResponseFormat
        var type: TypeReference
        var media: String?
        var documentation: [String]
        var constraints: Constraints?
    }

    // MARK: - Success

    /// The media types of the successes that are worth a method of their own.
    func otherMediaTypes() -> [String] {
        var seen: Set<String> = []
        return successes.flatMap(\.offer.others).filter { seen.insert($0).inserted }
    }

    private func noteOtherMediaTypes() {
        for (status, response, _) in responses where status.isInformational {
            diagnostics.warn(.contentNotAllowed, "the response \(status.text) is not a final response (RFC 9110 section 15.2); it is left out", at: response.location)
        }
        for (_, response, offer) in successes {
            guard let usual = offer.usual else { continue }
            let others = Set(offer.others)
            for media in response.content
            where media.name != usual.name && !others.contains(MediaChoice.identity(media.name)) && !MediaChoice.says(media, sameAs: usual) {
                diagnostics.note(.alternativeMediaType, "the response can be `\(usual.name)` or `\(media.name)`; `\(usual.name)` is requested", at: media.location)
            }
        }
    }

    private var successes: [(status: StatusPattern, response: Response, offer: MediaOffer)] {
        let successes = responses.filter { $0.status.isSuccess }
        return successes.isEmpty ? responses.filter { $0.status == .default } : successes
    }

    func success() -> SuccessDeclaration {
        if preferred == nil { noteOtherMediaTypes() }
        let contents = successes.map { content(of: $0.response, $0.offer, $0.status, isFailure: false) }
        let bodies = contents.filter { $0.format != .empty }
        guard let first = bodies.first else { return undescribed() }
        let implied = first.format == .items && first.media == "text/event-stream"
            || [.json, .textOrJSON].contains(first.format) && first.media == "application/json"
        if !implied { accept = first.media }
        if bodies.allSatisfy({ planner.isSame($0.type, first.type) && $0.format == first.format }) {
            // Sometimes a body and sometimes none.
            let isOptional = bodies.count < contents.count && first.format.canBeAbsent
            var success = SuccessDeclaration(
                format: first.format, type: isOptional ? first.type.asOptional : first.type, constraints: first.constraints)
            success.responses = Self.described(bodies + contents.filter { $0.format == .empty })
            success.examples = examples()
            return success
        }
        let (type, cases) = choice(contents, at: .result)
        var success = SuccessDeclaration(format: .cases, type: type, cases: cases)
        success.responses = Self.described(contents, cases)
        success.examples = examples()
        return success
    }

    /// A success that says nothing of its content. The content is what a GET is
    /// for, so that one's is handed over as it comes.
    private func undescribed() -> SuccessDeclaration {
        let isRetrieval = ["GET", "QUERY"].contains(operation.method)
        let isEmpty = !successes.isEmpty && successes.allSatisfy { [.code(204), .code(205)].contains($0.status) }
        guard isRetrieval, !isEmpty else {
            var success = SuccessDeclaration(format: .empty, type: .builtin(.void))
            let statuses = successes.map { ResponseStatus($0.status) }
            success.responses = [DescribedResponse(statuses: statuses, format: .empty, contentType: nil, type: .builtin(.void))]
            return success
        }
        diagnostics.note(.undescribedResponse, "no content is described for a successful response; it is returned as bytes", at: operation.location)
        accept = "*/*"
        var success = SuccessDeclaration(format: .stream, type: .builtin(.body), isDiscardable: true)
        let statuses = successes.map { ResponseStatus($0.status) }
        success.responses = [DescribedResponse(statuses: statuses, format: .stream, contentType: nil, type: .builtin(.body))]
        return success
    }

    /// The responses as stubs answer with them; those that are written alike are one.
    private static func described(_ contents: [Content], _ cases: [OutcomeCase] = []) -> [DescribedResponse] {
        var result: [DescribedResponse] = []
        for content in contents {
            let status = ResponseStatus(content.status)
            let response = DescribedResponse(
                statuses: [status], format: content.format, contentType: content.media, type: content.type,
                caseName: cases.first { $0.statuses.contains(status) }?.caseName)
            let index = result.firstIndex { known in
                known.format == response.format && known.contentType == response.contentType && known.caseName == response.caseName
                    && known.type == response.type
            }
            if let index { result[index].statuses.append(status) } else { result.append(response) }
        }
        return result
    }

    /// Examples of the first success with content, where tests are generated.
    private func examples() -> [ExampleText] {
        guard let builder = planner.examples else { return [] }
        for (status, _, offer) in successes where status.carriesContent {
            guard let media = offer.choice(preferring: preferred) else { continue }
            let isStream = MediaChoice.isStream(media.name) && !MediaChoice.isJSON(media.name)
            return builder.texts(of: media, isStream: isStream)
        }
        return []
    }

    // MARK: - Failure

    /// What is thrown: the errors' content, nil for those that have none, or a case
    /// for each where they differ. A `default` without a success beside it describes
    /// the errors too.
    func failure() -> FailureDeclaration {
        let contents = responses.filter { operation.isFailure($0.status) || $0.status == .default }
            .map { content(of: $0.response, $0.offer, $0.status, isFailure: true) }
        let bodies = contents.filter { $0.format != .empty }
        let others = contents.filter { $0.format == .empty }.map { ResponseStatus($0.status) }
        guard let first = bodies.first else {
            if others.isEmpty { return .init(type: .builtin(.never), cases: []) }
            var failure = FailureDeclaration(
                type: .builtin(.void), cases: [.init(statuses: others, format: .empty, type: .builtin(.void))])
            failure.responses = Self.described(contents)
            return failure
        }
        guard bodies.allSatisfy({ planner.isSame($0.type, first.type) && $0.format == first.format }) else {
            let (type, cases) = choice(contents, at: .failure)
            var failure = FailureDeclaration(type: type, cases: cases)
            failure.responses = Self.described(contents, cases)
            return failure
        }
        // Equal types of several statuses have a name that is none of theirs.
        let type =
            bodies.allSatisfy { $0.type == first.type }
            ? first.type
            : planner.declare(
                .alias(first.type), at: planner.places.child(place, .own(.failure)),
                documentation: ["What is thrown for \(Self.list(bodies.map(\.status)))."])
        let described = OutcomeCase(statuses: bodies.map { ResponseStatus($0.status) }, format: first.format, type: type)
        var failure = FailureDeclaration(type: type, cases: [described])
        if !others.isEmpty {
            failure = .init(type: type.asOptional, cases: [described, .init(statuses: others, format: .empty, type: .builtin(.void))])
        }
        failure.responses = Self.described(bodies + contents.filter { $0.format == .empty })
        return failure
    }

    private static func list(_ statuses: [StatusPattern]) -> String {
        let texts = statuses.map(\.text)
        return texts.dropLast().joined(separator: ", ") + " and " + (texts.last ?? "")
    }

    // MARK: - Both

    private func content(of response: Response, _ offer: MediaOffer, _ status: StatusPattern, isFailure: Bool) -> Content {
        let documentation = Documentation.lines(Documentation.firstParagraph(response.description))
        guard status.carriesContent, operation.method != "HEAD", let media = offer.choice(preferring: preferred) else {
            if !response.content.isEmpty {
                diagnostics.warn(
                    .contentNotAllowed,
                    "the response \(status.text) of \(operation.method) has no content (RFC 9110); what is described of it is left out",
                    at: response.content[0].location)
            }
            return Content(status: status, format: .empty, type: .builtin(.void), documentation: documentation)
        }
        let place = planner.places.place(
            of: media, among: response.content,
            in: planner.places.place(of: response, status, isFailure: operation.isFailure(status), in: place))
        let (format, type) = reading(media, of: response, isFailure: isFailure, at: place)
        return Content(
            status: status, format: format, type: type, media: MediaChoice.identity(media.name), documentation: documentation,
            constraints: format == .json && !isFailure ? constraints.received(media.schema) : nil)
    }

    /// How a content is read, and as what.
    private func reading(
        _ media: MediaType, of response: Response, isFailure: Bool, at place: Place
    ) -> (ResponseFormat, TypeReference) {
        let bytes: (ResponseFormat, TypeReference) = isFailure ? (.data, .builtin(.data)) : (.stream, .builtin(.body))
        if MediaChoice.isJSON(media.name) {
            if media.schema.map(planner.shapes.isBytes) == true { return bytes }
            if MediaChoice.isAny(media.name) {
                guard let schema = media.schema else { return bytes }
                if TextScalars(planner: planner).isScalar(schema) { return (.textOrJSON, planner.elementType(schema, at: place)) }
            }
            if !isFailure, isStream(media, of: response) { return (.items, .items(planner.elementType(media.schema, at: place))) }
            return (.json, planner.elementType(media.schema, at: place))
        }
        if !isFailure, MediaChoice.isStream(media.name) { return (.items, items(media, at: place)) }
        guard MediaChoice.isText(media.name) else { return bytes }
        if let type = TextScalars(planner: planner).type(of: media, at: place) { return (.scalarText, type) }
        return (.text, .builtin(.string))
    }

    /// Whether a response of JSON is described as many values, one after the other, as
    /// gRPC's gateway does.
    private func isStream(_ media: MediaType, of response: Response) -> Bool {
        response.description.map { PlainASCII.contains("(streaming responses)", in: $0) } == true
            || (media.schema?.reference?.key).map { PlainASCII.contains("/x-stream-definitions/", in: $0) } == true
    }

    /// A stream of items, or of events.
    private func items(_ media: MediaType, at place: Place) -> TypeReference {
        let shapes = planner.shapes
        let itemPlace = planner.places.child(place, .item)
        let schema = shapes.itemSchema(of: media)
        guard MediaChoice.isEvents(media.name) else {
            // A text there is that of all lines, not that each of them is a string.
            if media.itemSchema == nil, let whole = media.schema, case .scalar(.string) = shapes.settledShape(whole) {
                diagnostics.warn(
                    .undescribedItems,
                    "`\(media.name)` is described as one string; its items are read as any values", at: media.location)
                return .items(.builtin(.json))
            }
            return .items(planner.elementType(schema, at: itemPlace))
        }
        // An item schema of an event describes its fields; `data` is the content.
        if let item = media.itemSchema, let data = shapes.object(item)?.schema(of: "data") {
            guard let content = shapes.target(data).content.schema else { return .events(.builtin(.string)) }
            return .events(planner.elementType(content, at: planner.places.child(itemPlace, .property("data"))))
        }
        guard let schema else { return .events(.builtin(.string)) }
        return .events(planner.elementType(schema, at: itemPlace))
    }

    /// An enum with a case for each type, by its own name: an inline schema of one status
    /// that happens to be equal to that of another has a case of its own, so that a status
    /// that is added takes no case away.
    private func choice(_ contents: [Content], at kind: Place.OwnKind) -> (TypeReference, [OutcomeCase]) {
        var outcomes: [Outcome] = []
        var cases: [OutcomeCase] = []
        var wishes: [String] = []
        var scope = NameScope()
        for content in contents {
            // Of errors without content the status is all there is.
            let wish =
                kind == .failure && content.format == .empty
                ? SwiftName.member(StatusName.of(content.status))
                : OutcomeNames(planner: planner).name(of: content.type, content.status)
            let same = cases.indices.first { index in
                wishes[index] == wish && cases[index].format == content.format && planner.isSame(cases[index].type, content.type)
            }
            if let same {
                cases[same].statuses.append(ResponseStatus(content.status))
                continue
            }
            let name = scope.claim(wish)
            wishes.append(wish)
            outcomes.append(Outcome(name: name, type: content.type, documentation: []))
            cases.append(
                OutcomeCase(
                    statuses: [ResponseStatus(content.status)], format: content.format, type: content.type, caseName: name,
                    constraints: content.constraints))
        }
        return (planner.declare(.outcomes(outcomes), at: planner.places.child(place, .own(kind)), documentation: []), cases)
    }
}
