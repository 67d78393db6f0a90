import OpenAPI

extension PlaceTable {
    /// The places of all schemas of a description.
    convenience init(of document: Document) {
        self.init()
        for entry in document.schemas { register(entry.schema, at: root(.component(entry.name))) }
        for (index, operation) in document.operations.enumerated() { register(operation, at: root(.operation(index))) }
        for webhook in document.webhooks {
            register(webhook.requestBody, at: root(.webhook(name: webhook.path, method: webhook.method)))
        }
    }

    private func register(_ operation: Operation, at place: Place) {
        for parameter in operation.parameters { register(parameter.schema, at: self.place(of: parameter, in: place)) }
        register(operation.requestBody, at: place)
        for entry in operation.responses {
            let isFailure = operation.isFailure(entry.status)
            let response = self.place(of: entry.response, entry.status, isFailure: isFailure, in: place)
            register(entry.response.content, at: response)
            for header in entry.response.headers { register(header.schema, at: self.place(of: header, in: place)) }
        }
        for callback in operation.callbacks {
            register(callback.operation.requestBody, at: self.place(ofCallback: callback.name, callback.operation, in: place))
        }
    }

    private func register(_ body: RequestBody?, at place: Place) {
        guard let body else { return }
        let place = self.place(of: body, in: place)
        register(body.content, at: place)
    }

    private func register(_ content: [MediaType], at place: Place) {
        var first: Schema?
        for media in content {
            // In Swagger 2.0 all media types have one schema, and it has one place.
            if let first, media.schema === first, media.itemSchema == nil { continue }
            let place = self.place(of: media, among: content, in: place)
            if first == nil { first = media.schema }
            register(media.schema, at: place)
            if media.itemSchema != nil { register(media.itemSchema, at: child(place, .item)) }
        }
    }

    // MARK: - Parts of operations

    func place(of parameter: Parameter, in operation: Place) -> Place {
        if let component = parameter.component {
            return root(.shared(.parameter, name: component.name, key: component.key))
        }
        return child(operation, .parameter(location: parameter.place.rawValue, name: parameter.name))
    }

    func place(of body: RequestBody, in operation: Place) -> Place {
        body.component.map { root(.shared(.requestBody, name: $0.name, key: $0.key)) } ?? operation
    }

    /// The place of a media type's schema. Where several media types have one and
    /// the same, as in Swagger 2.0, it is that of JSON, or of the first by name.
    func place(of media: MediaType, among content: [MediaType], in place: Place) -> Place {
        var name = media.name
        if content.count == 1 { return child(place, .body(mediaType: name)) }
        for other in content where other.schema != nil && other.schema === media.schema {
            let (isJSON, otherIsJSON) = (MediaChoice.isJSON(name), MediaChoice.isJSON(other.name))
            if otherIsJSON != isJSON ? otherIsJSON : other.name < name { name = other.name }
        }
        return child(place, .body(mediaType: name))
    }

    func place(of response: Response, _ status: StatusPattern, isFailure: Bool, in operation: Place) -> Place {
        if let component = response.component {
            return root(.shared(.response, name: component.name, key: component.key))
        }
        return child(operation, .response(status, isFailure: isFailure))
    }

    /// Header fields are of the operation: its responses share a type for them.
    func place(of header: ResponseHeader, in operation: Place) -> Place {
        if let component = header.component { return root(.shared(.header, name: component.name, key: component.key)) }
        return child(operation, .responseHeader(header.name))
    }

    func place(ofCallback name: String, _ callback: Operation, in operation: Place) -> Place {
        child(operation, .callback(name: name, expression: callback.path, method: callback.method))
    }
}

extension Operation {
    /// Whether responses of a status are errors. What `default` is depends on
    /// whether a success is described.
    func isFailure(_ status: StatusPattern) -> Bool {
        switch status {
        // What is not a success in the end: redirects that are followed do not arrive.
        case .code(let code): code >= 300
        case .range(let first): first >= 3
        case .default: responses.contains { $0.status.isSuccess }
        }
    }
}

extension StatusPattern {
    /// Whether responses have content at all (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5).
    var carriesContent: Bool {
        switch self {
        case .code(let code): ![204, 205, 304].contains(code)
        case .range, .default: true
        }
    }

    /// Whether it is 1xx (RFC 9110 section 15.2).
    var isInformational: Bool {
        switch self {
        case .code(let code): code < 200
        case .range(let first): first == 1
        case .default: false
        }
    }

    /// Whether it is 2xx (RFC 9110 section 15.3).
    var isSuccess: Bool {
        switch self {
        case .code(let code): (200...299).contains(code)
        case .range(let first): first == 2
        case .default: false
        }
    }
}
