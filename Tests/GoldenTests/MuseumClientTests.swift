import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Museum = AnsweringTransport

extension AnsweringTransport {
    fileprivate var fields: HTTPFields { request?.headerFields ?? [:] }
}

@Suite("The checked-in client of a description of many files, at work")
struct MuseumClientTests {
    private func client(_ transport: Museum) -> MuseumAPI.Client {
        MuseumAPI.Client(authorization: .key("k"), transport: transport)
    }

    @Test("Schemas of other files, referred to in circles and by several spellings")
    func exhibits() async throws {
        let transport = Museum(
            200,
            #"[{"id":1,"work":{"kind":"painting","technique":"oil"},"maker":{"name":"Ada","works":[{"id":2,"work":{"kind":"etching","plate":"copper"}}],"home":{"town":"Bern"}},"near":[{"id":3,"work":{"kind":"sculpture","weight":2.5,"parts":[{"kind":"sculpture"}]}}],"value":{"amount":9007199254740993,"currency":"CHF"}}]"#)
        let exhibit = try #require(try await client(transport).listExhibits(page: 2).first)
        #expect(transport.line == "GET /exhibits?page=2")
        #expect(transport.fields[HTTPField.Name("X-Key")!] == "k")
        guard case .painting(let painting) = exhibit.work, case .etching(let etching) = exhibit.maker?.works?.first?.work,
            case .sculpture(let sculpture) = exhibit.near?.first?.work
        else {
            Issue.record("\(exhibit)")
            return
        }
        #expect(painting.technique == "oil")
        #expect(etching.plate == "copper")
        #expect(sculpture.parts?.count == 1)
        #expect(exhibit.value?.amount == 9_007_199_254_740_993)
        #expect(exhibit.value?.currency == .chf)
        let author: MuseumAPI.Author? = exhibit.maker
        #expect(author?.home?.town == "Bern")
    }

    @Test("What stands beside the reference of a path item, and its parameters")
    func pathItem() async throws {
        let transport = Museum(204)
        try await client(transport).removeExhibit(id: 7)
        #expect(transport.line == "DELETE /exhibits/7")
        let missing = Museum(404, #"{"title":"Gone","causes":[{"title":"Fire"}]}"#)
        do {
            _ = try await client(missing).getExhibit(id: 7)
            Issue.record("nothing was thrown")
        } catch .documented(let problem, _) {
            #expect(problem.causes?.first?.title == "Fire")
        }
    }

    @Test("A body, a response, its header fields and an error of other files")
    func ticket() async throws {
        let transport = Museum(
            201,
            #"{"code":"T1","price":{"amount":12,"currency":"EUR"},"holder":{"iban":"CH1"},"visitor":{"town":"Genf"},"hours":{"from":"9","to":"17"},"group":{"size":3,"leader":{"name":"Lea"}}}"#,
            fields: [HTTPField.Name("X-Queue")!: "3"])
        let (ticket, response) = try await client(transport).withResponse {
            try await $0.buyTicket(.init(exhibit: 1, voucher: .init(code: "V", worth: .init(amount: 5, currency: .eur))))
        }
        #expect(transport.line == "POST /tickets")
        #expect(transport.body == #"{"exhibit":1,"voucher":{"code":"V","worth":{"amount":5,"currency":"EUR"}}}"#)
        #expect(ticket.holder.iban == "CH1" && ticket.visitor?.town == "Genf")
        #expect(ticket.hours?.to == "17")
        #expect(ticket.group?.size == 3 && ticket.group?.leader?.name == "Lea")
        #expect(MuseumAPI.Client.BuyTicket.Headers(from: response).queue == 3)
        let sent = try JSON.encode(MuseumAPI.Client.BuyTicket.UsedCallback(ticket: ticket))
        #expect(try JSON.decode(MuseumAPI.Visit.self, from: sent).ticket.code == "T1")
    }
}
