import Foundation
import Source
import SpecSource

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Fetches what a reference to another host leads to, within bounds: the
/// author of a description decides on the URL, and not the user.
enum RemoteFile {
    /// In bytes.
    static let maximumSize = 64 << 20
    /// In seconds, for the whole file.
    static let maximumTime = 60.0

    static func fetch(_ text: String) throws(SourceError) -> (bytes: [UInt8], url: String) {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()), url.host?.isEmpty == false else {
            throw SourceError(location: nil, message: "\(text) is not an http or https URL", hint: "check the URL")
        }
        let transfer = Transfer()
        switch transfer.run(url) {
        case .success(let bytes): return (bytes, transfer.place ?? text)
        case .failure(let fault): throw SourceError(location: nil, message: "\(text) \(fault.message)", hint: fault.hint)
        }
    }

    struct Fault: Error {
        var message: String
        var hint: String?
    }
}

/// One request, waited for.
private final class Transfer: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    // Only the session's queue, which handles one event after the other, and
    // the caller after `done` touch these.
    private var bytes: [UInt8] = []
    private var fault: RemoteFile.Fault?
    /// Where redirections led to.
    private(set) var place: String?
    private let done = DispatchSemaphore(value: 0)

    func run(_ url: URL) -> Result<[UInt8], RemoteFile.Fault> {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = RemoteFile.maximumTime
        configuration.timeoutIntervalForResource = RemoteFile.maximumTime
        configuration.httpShouldSetCookies = false
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        var request = URLRequest(url: url)
        request.setValue("application/yaml, application/json, */*;q=0.1", forHTTPHeaderField: "Accept")
        session.dataTask(with: request).resume()
        done.wait()
        return fault.map { .failure($0) } ?? .success(bytes)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        place = response.url?.absoluteString
        if status != 200 {
            fault = RemoteFile.Fault(message: "was answered with status \(status)", hint: "check the URL in a browser")
        }
        completionHandler(fault == nil ? .allow : .cancel)
    }

    /// Only to http and https, and never from https to http.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        let schemes = response.url?.scheme == "http" ? ["http", "https"] : ["https"]
        completionHandler(schemes.contains(request.url?.scheme ?? "") ? request : nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard bytes.count + data.count <= RemoteFile.maximumSize else {
            fault = RemoteFile.Fault(message: "is larger than \(RemoteFile.maximumSize >> 20) MiB", hint: nil)
            dataTask.cancel()
            return
        }
        bytes.append(contentsOf: data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if fault == nil, let error {
            fault = RemoteFile.Fault(message: "cannot be fetched: \(error.localizedDescription)", hint: "check the network")
        }
        done.signal()
    }
}
