import ApusAsyncHTTPClient
import ApusRuntime
import Clients
import Foundation

func callEtcd(at url: String, _ call: Calls) async {
    let etcd = Etcd.Client(server: .init(url: url), transport: AsyncHTTPClientTransport())
    let (foo, bar) = (Data("foo".utf8), Data([0, 255, 10]))

    await call("put") {
        let answer = try await etcd.put(.init(key: foo, value: bar))
        try expect(answer.header?.revision == "2", answer)
    }
    await call("put of before") {
        let answer = try await etcd.put(.init(key: foo, prevKv: true, value: Data("second".utf8)))
        try expect(answer.prevKv?.value == bar, answer)
    }
    await call("range") {
        let answer = try await etcd.range(.init(key: foo))
        try expect(answer.count == "1" && answer.kvs?.first?.value == Data("second".utf8), answer)
    }
    await call("range, sorted and limited") {
        for name in ["a", "b", "c"] { _ = try await etcd.put(.init(key: Data(name.utf8), value: foo)) }
        let answer = try await etcd.range(
            .init(key: Data("a".utf8), limit: "2", rangeEnd: Data("d".utf8), sortOrder: .descend, sortTarget: .key))
        try expect(answer.more == true && answer.kvs?.map(\.key) == [Data("c".utf8), Data("b".utf8)], answer)
    }
    await call("txn") {
        let answer = try await etcd.txn(
            .init(
                compare: [.init(key: foo, result: .equal, target: .value, value: Data("second".utf8))],
                failure: [], success: [.init(requestPut: .init(key: foo, prevKv: true, value: bar))]))
        try expect(answer.succeeded == true && answer.responses?.first?.responsePut != nil, answer)
    }
    await call("deleterange") {
        let answer = try await etcd.deleteRange(.init(key: Data("a".utf8), prevKv: true))
        try expect(answer.deleted == "1" && answer.prevKvs?.first?.value == foo, answer)
    }
    await call("lease/grant, lease/timetolive, lease/revoke") {
        let lease = try await etcd.leaseGrant(.init(ttl: "100"))
        try expect(lease.ttl == "100", lease)
        _ = try await etcd.put(.init(key: Data("leased".utf8), lease: lease.id, value: foo))
        let time = try await etcd.leaseTimeToLive(.init(id: lease.id, keys: true))
        try expect(time.grantedTTL == "100" && time.keys == [Data("leased".utf8)], time)
        _ = try await etcd.leaseRevoke(.init(id: lease.id))
        let gone = try await etcd.range(.init(key: Data("leased".utf8)))
        try expect(gone.kvs == nil, gone)
    }
    await call("maintenance/status, maintenance/hash, cluster/member/list") {
        let status = try await etcd.status(.init())
        try expect(status.version?.hasPrefix("3.") == true, status)
        _ = try await etcd.hashKV(.init())
        let members = try await etcd.memberList(.init())
        try expect(members.members?.first?.name == "one", members)
    }
    await call("maintenance/snapshot (stream)") {
        var bytes = 0
        for try await part in try await etcd.snapshot(.init()) { bytes += part.result?.blob?.count ?? 0 }
        try expect(bytes > 10_000, bytes)
    }
    await call("watch (stream)") {
        var values: [Data?] = []
        for try await part in try await etcd.watch(.init(createRequest: .init(key: foo))) {
            if part.result?.created == true { _ = try await etcd.put(.init(key: foo, value: Data("seen".utf8))) }
            values += part.result?.events?.map(\.kv?.value) ?? []
            if !values.isEmpty { break }
        }
        try expect(values == [Data("seen".utf8)], values)
    }
    await call("lease/keepalive (stream)") {
        let lease = try await etcd.leaseGrant(.init(ttl: "50"))
        var times: [String?] = []
        for try await part in try await etcd.leaseKeepAlive(.init(id: lease.id)) { times.append(part.result?.ttl) }
        try expect(times == ["50"], times)
    }
    await call("error: a revision of the future") {
        try await expectFailure({ $0.status?.code == 400 }) { () async throws(APIError<Never>) in
            try await etcd.range(.init(key: foo, revision: "1000000"))
        }
    }
    await call("error: a user that is there") {
        _ = try await etcd.userAdd(.init(name: "mia", password: "secret"))
        try await expectFailure({ $0.status?.code == 412 }) { () async throws(APIError<Never>) in
            try await etcd.userAdd(.init(name: "mia", password: "secret"))
        }
    }
}
