public import Foundation

/// A file in a form (`multipart/form-data`, RFC 7578).
public struct FilePart: Sendable {
    /// What is in the file.
    public var content: HTTPBody

    /// The file's name for the server; `nil` to send none.
    public var filename: String?

    /// The media type; `nil` for what the description says, or `application/octet-stream`.
    public var contentType: String?

    /// A file with this content.
    public init(_ content: HTTPBody, filename: String? = nil, contentType: String? = nil) {
        self.content = content
        self.filename = filename
        self.contentType = contentType
    }

    /// A file with these bytes.
    public init(_ data: Data, filename: String? = nil, contentType: String? = nil) {
        self.init(HTTPBody(data), filename: filename, contentType: contentType)
    }

    /// A file on disk, read while it is sent.
    ///
    /// - Throws: If the file does not exist.
    public init(file url: URL, contentType: String? = nil) throws {
        self.init(try HTTPBody(file: url), filename: url.lastPathComponent, contentType: contentType)
    }
}
