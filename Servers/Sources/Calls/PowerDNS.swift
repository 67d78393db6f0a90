import ApusRuntime
import Clients
import Foundation

func callPowerDNS(at url: String, _ call: Calls) async {
    let dns = PowerDNS.Client(server: .init(url: url + "/api/v1"), authorization: .apiKeyHeader("secret"))
    let (server, zone) = ("localhost", "example.org.")

    await call("servers, a server") {
        let servers = try await dns.listServers()
        try expect(servers.map(\.id) == [server], servers)
        let one = try await dns.listServer(serverID: server)
        try expect(one.daemonType == "authoritative", one)
    }
    await call("configuration, a setting") {
        let settings = try await dns.getConfig(serverID: server)
        try expect(settings.count > 50, settings.count)
    }
    await call("create a zone") {
        let made = try await dns.createZone(
            serverID: server, .init(name: zone, kind: .native, dnssec: false, nameservers: ["ns1.example.org."]))
        try expect(made.id == zone && made.kind == .native && made.rrsets?.isEmpty == false, made)
    }
    await call("patch record sets") {
        try await dns.patchZone(
            serverID: server, zoneID: zone,
            .init(rrsets: [
                .init(
                    name: "www.example.org.", type: "A", ttl: 300, changetype: "REPLACE", records: [.init(content: "192.0.2.1", disabled: false)],
                    comments: [.init(content: "one", account: "mia")])
            ]))
    }
    await call("zones, a zone, a zone without record sets") {
        let zones = try await dns.listZones(serverID: server)
        try expect(zones.map(\.name) == [zone], zones)
        let one = try await dns.listZone(serverID: server, zoneID: zone)
        try expect(one.rrsets?.first { $0.type == "A" }?.records?.first?.content == "192.0.2.1", one)
        let bare = try await dns.listZone(serverID: server, zoneID: zone, rrsets: false)
        try expect(bare.rrsets == nil, bare)
    }
    await call("delete a record set") {
        let set = PowerDNS.RRSet(name: "www.example.org.", type: "A", changetype: "DELETE")
        try await dns.patchZone(serverID: server, zoneID: zone, .init(rrsets: [set]))
    }
    await call("search") {
        let found = try await dns.searchData(serverID: server, q: "*example*", max: 10)
        try expect(!found.isEmpty, found)
    }
    await call("export") {
        let text = try await dns.axfrExportZone(serverID: server, zoneID: zone)
        try expect(text.contains("example.org.\t3600\tIN\tSOA"), text)
    }
    await call("metadata: create, list, modify, get, delete") {
        try await dns.createMetadata(serverID: server, zoneID: zone, .init(kind: "ALLOW-AXFR-FROM", metadata: ["AUTO-NS"]))
        let all = try await dns.listMetadata(serverID: server, zoneID: zone)
        try expect(all.contains { $0.kind == "ALLOW-AXFR-FROM" }, all)
        let changed = try await dns.modifyMetadata(
            serverID: server, zoneID: zone, metadataKind: "ALLOW-AXFR-FROM", .init(kind: "ALLOW-AXFR-FROM", metadata: ["127.0.0.1/32"]))
        try expect(changed.metadata == ["127.0.0.1/32"], changed)
        let one = try await dns.getMetadata(serverID: server, zoneID: zone, metadataKind: "ALLOW-AXFR-FROM")
        try expect(one.metadata == ["127.0.0.1/32"], one)
        try await dns.deleteMetadata(serverID: server, zoneID: zone, metadataKind: "ALLOW-AXFR-FROM")
    }
    await call("keys of DNSSEC: create, list, get, modify, delete") {
        let made = try await dns.createCryptokey(serverID: server, zoneID: zone, .init(keytype: .csk, active: true))
        let id = String(made.id ?? 0)
        try expect(made.keytype == .csk && made.dnskey != nil, made)
        let all = try await dns.listCryptokeys(serverID: server, zoneID: zone)
        try expect(all.count == 1, all)
        let one = try await dns.getCryptokey(serverID: server, zoneID: zone, cryptokeyID: id)
        try expect(one.active == true && one.ds?.isEmpty == false, one)
        try await dns.modifyCryptokey(serverID: server, zoneID: zone, cryptokeyID: id, .init(active: false))
        try await dns.deleteCryptokey(serverID: server, zoneID: zone, cryptokeyID: id)
    }
    await call("rectify") {
        let result = try await dns.rectifyZone(serverID: server, zoneID: zone)
        try expect(result.result == "Rectified", result)
    }
    await call("keys of TSIG: create, list, get, change, delete") {
        let made = try await dns.createTSIGKey(serverID: server, .init(name: "mine", algorithm: "hmac-sha256"))
        let id = made.id ?? ""
        try expect(id == "mine." && made.key?.isEmpty == false, made)
        let all = try await dns.listTSIGKeys(serverID: server)
        try expect(all.map(\.id) == [id], all)
        let one = try await dns.getTSIGKey(serverID: server, tsigkeyID: id)
        try expect(one.key == made.key, one)
        _ = try await dns.putTSIGKey(serverID: server, tsigkeyID: id, .init(algorithm: "hmac-sha512"))
        try await dns.deleteTSIGKey(serverID: server, tsigkeyID: id)
    }
    await call("autoprimaries: create, list, delete") {
        try await dns.createAutoprimary(serverID: server, .init(ip: "192.0.2.9", nameserver: "ns.example.", account: "a"))
        let all = try await dns.getAutoprimaries(serverID: server)
        try expect(all.map(\.ip) == ["192.0.2.9"], all)
        try await dns.deleteAutoprimary(serverID: server, ip: "192.0.2.9", nameserver: "ns.example.")
    }
    await call("statistics") {
        let all = try await dns.getStats(serverID: server)
        let maps = all.filter { if case .mapStatisticItem = $0 { true } else { false } }
        let rings = all.filter { if case .ringStatisticItem = $0 { true } else { false } }
        try expect(!maps.isEmpty && !rings.isEmpty && all.count > 20, all.prefix(3))
    }
    await call("flush the cache") {
        let result = try await dns.cacheFlushByName(serverID: server, domain: zone)
        try expect(result.result == "Flushed cache.", result)
    }
    await call("error 409: a zone twice") {
        try await expectFailure({ $0.status?.code == 409 }) {
            () async throws(APIError<PowerDNS.Error>) in
            try await dns.createZone(serverID: server, .init(name: zone, kind: .native, nameservers: []))
        }
    }
    await call("error 422: a name without its dot") {
        try await expectFailure({ if case .documented = $0 { $0.status?.code == 422 } else { false } }) {
            () async throws(APIError<PowerDNS.Error>) in
            try await dns.createZone(serverID: server, .init(name: "example.net", kind: .native, nameservers: []))
        }
    }
    await call("error 404: a zone that is not there") {
        try await expectFailure({ if case .documented = $0 { $0.status?.code == 404 } else { false } }) {
            () async throws(APIError<PowerDNS.Error>) in
            try await dns.listZone(serverID: server, zoneID: "none.example.")
        }
    }
    await call("error 401: a wrong key") {
        let other = PowerDNS.Client(server: .init(url: url + "/api/v1"), authorization: .apiKeyHeader("wrong"))
        try await expectFailure({ $0.status?.code == 401 }) { () async throws(APIError<PowerDNS.Error>) in
            try await other.listServers()
        }
    }
    await call("delete a zone") { try await dns.deleteZone(serverID: server, zoneID: zone) }
}
