import ApusRuntime
import Foundation

/// Records of Kinto, by the URL in the field `Next-Page`.
func walkKinto(at url: String, _ walks: Walks) async {
    let kinto = Kinto.Client(server: .init(url: url + "/v1"), authorization: .basicauth(username: "mia", password: "secret"))
    @Sendable func put(_ path: RequestPath, _ body: String = "{}") async throws {
        let response = try await kinto.send(.put, path, body: HTTPBody(body), security: [["basicauth": []]])
        try expect([200, 201].contains(response.status.code), "\(response.status.code)")
    }
    await walks.walk("Kinto, by Next-Page") {
        try await put("/buckets/b")
        try await put("/buckets/b/collections/c")
        for number in 100..<125 { try await put("/buckets/b/collections/c/records/r\(number)", #"{"data":{"number":\#(number)}}"#) }
        let all = try await collect(kinto.getRecords(.all, bucketID: "b", collectionID: "c", limit: 4, sort: ["number"]))
        let numbers = try numbers(all)
        try expect(numbers == Array(100..<125), "\(numbers)")
        return "\(numbers.count) records"
    }
    await walks.walk("Kinto, by Next-Page, one deleted before and one added behind") {
        let all = try await collect(kinto.getRecords(.all, bucketID: "b", collectionID: "c", limit: 10, sort: ["number"]), after: 10) {
            _ = try await kinto.send(.delete, "/buckets/b/collections/c/records/r103", security: [["basicauth": []]])
            try await put("/buckets/b/collections/c/records/r125", #"{"data":{"number":125}}"#)
        }
        let numbers = try numbers(all)
        // Its pages begin after the last record of the one before, so that nothing moves.
        try expect(numbers == Array(100...125), "\(numbers)")
        return "\(numbers.count) records"
    }
}

/// What is in records, of which the description says nothing.
private func numbers<Record: JSONCoding>(_ records: [Record]) throws -> [Int] {
    try records.compactMap { try JSON.decode(JSONValue.self, from: JSON.bytes(of: $0))["number"]?.int }
}
