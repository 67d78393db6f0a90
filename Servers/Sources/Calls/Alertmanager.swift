import ApusRuntime
import Clients
import Foundation

func callAlertmanager(at url: String, _ call: Calls) async {
    let alerts = Alertmanager.Client(server: .init(url: url + "/api/v2"))
    var silence: UUID?

    await call("status") {
        let status = try await alerts.getStatus()
        try expect(status.cluster.status == .disabled && status.config.original.contains("nobody"), status)
    }
    await call("receivers") {
        let receivers = try await alerts.getReceivers()
        try expect(receivers.map(\.name) == ["nobody"], receivers)
    }
    await call("post alerts") {
        try await alerts.postAlerts([
            .init(startsAt: Date(), annotations: ["note": "é"], labels: ["alertname": "Disk", "host": "one"]),
            .init(startsAt: Date(), labels: ["alertname": "Memory", "host": "two"]),
        ])
    }
    await call("alerts, with filters") {
        let all = try await alerts.getAlerts()
        try expect(all.count == 2, all)
        let some = try await alerts.getAlerts(active: true, filter: [#"alertname="Disk""#, #"host=~"o.*""#])
        try expect(some.count == 1 && some.first?.annotations["note"] == "é", some)
    }
    await call("alert groups") {
        let groups = try await alerts.getAlertGroups()
        try expect(groups.flatMap(\.alerts).count == 2, groups)
    }
    await call("post a silence, silences, a silence") {
        let made = try await alerts.postSilences(
            .init(
                matchers: [.init(name: "host", value: "one", isRegex: false, isEqual: true)], startsAt: Date(),
                endsAt: Date(timeIntervalSinceNow: 600), createdBy: "mia", comment: "quiet"))
        silence = made.silenceID.flatMap { UUID(uuidString: $0) }
        try expect(silence != nil, made)
        let all = try await alerts.getSilences()
        try expect(all.map(\.comment) == ["quiet"], all)
        let one = try await alerts.getSilence(silenceID: silence ?? UUID())
        try expect(one.createdBy == "mia" && one.matchers.first?.value == "one", one)
    }
    await call("delete a silence") {
        try await alerts.deleteSilence(silenceID: silence ?? UUID())
        let one = try await alerts.getSilence(silenceID: silence ?? UUID())
        try expect(one.status.state == .expired, one)
    }
    await call("error: a filter that cannot be read") {
        try await expectFailure({
            if case .documented(let text, _) = $0 { text.contains("matcher") || text.contains("filter") } else { false }
        }) { () async throws(APIError<String>) in try await alerts.getAlerts(filter: ["="]) }
    }
    await call("error: a silence that is not there") {
        try await expectFailure({ $0.status?.code == 404 }) { () async throws(APIError<String?>) in
            try await alerts.getSilence(silenceID: UUID())
        }
    }
}
