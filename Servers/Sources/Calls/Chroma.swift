import ApusRuntime
import Clients
import Foundation

func callChroma(at url: String, _ call: Calls) async {
    let chroma = Chroma.Client(server: .init(url: url))
    let (tenant, database) = ("mine", "first")
    var id = ""

    await call("heartbeat, version, checks, identity") {
        let beat = try await chroma.heartbeat()
        try expect(beat.nanosecondHeartbeat > 1_700_000_000_000_000_000, beat)
        let version = try await chroma.version()
        try expect(version.contains("."), version)
        _ = try await chroma.preFlightChecks()
        let identity = try await chroma.getUserIdentity()
        try expect(!identity.tenant.isEmpty, identity)
    }
    await call("create and get a tenant") {
        _ = try await chroma.createTenant(.init(name: tenant))
        let one = try await chroma.getTenant(tenantName: tenant)
        try expect(one.name == tenant, one)
    }
    await call("create, list and get a database") {
        _ = try await chroma.createDatabase(tenant: tenant, .init(name: database))
        let one = try await chroma.getDatabase(tenant: tenant, database: database)
        try expect(one.name == database && one.tenant == tenant, one)
        let all = try await chroma.listDatabases(tenant: tenant)
        try expect(all.map(\.name) == [database], all)
    }
    await call("create a collection") {
        let metadata: Chroma.HashMap = ["whole": .int64(9_007_199_254_740_993), "part": .double(0.5), "text": .string("é"), "flag": .bool(true)]
        let made = try await chroma.createCollection(
            tenant: tenant, database: database, .init(getOrCreate: false, metadata: .value(metadata), name: "notes"))
        id = made.id.uuidString.lowercased()
        guard case .int64(9_007_199_254_740_993)? = made.metadata?.value?["whole"], case .double(0.5)? = made.metadata?.value?["part"] else {
            throw Unexpected(description: "\(made)")
        }
    }
    await call("list and count collections, get one") {
        let all = try await chroma.listCollections(tenant: tenant, database: database)
        try expect(all.map(\.name) == ["notes"], all)
        let count = try await chroma.countCollections(tenant: tenant, database: database)
        try expect(count == 1, count)
        let one = try await chroma.getCollection(tenant: tenant, database: database, collectionID: "notes")
        try expect(one.name == "notes", one)
    }
    await call("add") {
        _ = try await chroma.collectionAdd(
            tenant: tenant, database: database, collectionID: id,
            .init(
                documents: .value(["one", nil]), embeddings: .floatArrayArray([[1, 0.5], [0, 1]]), ids: ["a", "b"],
                metadatas: .value([["n": .int64(1)], ["n": .int64(2)]])))
    }
    await call("count") {
        let count = try await chroma.collectionCount(tenant: tenant, database: database, collectionID: id)
        try expect(count == 2, count)
    }
    await call("get") {
        let found = try await chroma.collectionGet(
            tenant: tenant, database: database, collectionID: id,
            .init(where: ["n": ["$gt": 1]], include: [.documents, .metadatas, .embeddings]))
        try expect(found.ids == ["b"] && found.embeddings?.value == [[0, 1]] && found.documents?.value == [nil], found)
        guard case .int64(2)?? = found.metadatas?.value?.first?.map({ $0["n"] }) else { throw Unexpected(description: "\(found)") }
    }
    await call("query") {
        let found = try await chroma.collectionQuery(
            tenant: tenant, database: database, collectionID: id,
            .init(include: [.distances, .documents], nResults: .value(1), queryEmbeddings: [[1, 0.5]]))
        try expect(found.ids == [["a"]] && found.distances?.value?.first?.first == 0, found)
    }
    await call("upsert and update") {
        _ = try await chroma.collectionUpsert(
            tenant: tenant, database: database, collectionID: id, .init(embeddings: .floatArrayArray([[2, 2]]), ids: ["c"]))
        _ = try await chroma.collectionUpdate(
            tenant: tenant, database: database, collectionID: id, .init(documents: .value(["changed"]), ids: ["a"]))
        let found = try await chroma.collectionGet(
            tenant: tenant, database: database, collectionID: id, .init(ids: .value(["a"]), include: [.documents]))
        try expect(found.documents?.value == ["changed"], found)
    }
    await call("delete records") {
        _ = try await chroma.collectionDelete(tenant: tenant, database: database, collectionID: id, .init(ids: .value(["a"])))
        let count = try await chroma.collectionCount(tenant: tenant, database: database, collectionID: id)
        try expect(count == 2, count)
    }
    await call("rename a collection") {
        _ = try await chroma.updateCollection(tenant: tenant, database: database, collectionID: id, .init(newName: .value("others")))
        let one = try await chroma.getCollection(tenant: tenant, database: database, collectionID: "others")
        try expect(one.id.uuidString.lowercased() == id, one)
    }
    await call("error: a collection that is not there") {
        try await expectFailure({ $0.status?.code == 404 }) { () async throws(APIError<Chroma.ErrorResponse>) in
            try await chroma.getCollection(tenant: tenant, database: database, collectionID: "none")
        }
    }
    await call("delete a collection and a database") {
        _ = try await chroma.deleteCollection(tenant: tenant, database: database, collectionID: "others")
        _ = try await chroma.deleteDatabase(tenant: tenant, database: database)
    }
}
