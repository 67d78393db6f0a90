import ApusRuntime
import Foundation
import Testing

/// Schemas of kinds of which values were lost once: bytes are read and written again.
@Suite struct KindsTests {
    /// Reads a text as the type and expects to write the same.
    @discardableResult
    private func read<T: JSONCoding>(_ type: T.Type, _ text: String) throws -> T {
        let value = try JSON.decode(type, from: Data(text.utf8))
        #expect(try JSON.decode(JSONValue.self, from: JSON.encode(value)) == JSON.decode(JSONValue.self, from: Data(text.utf8)))
        return value
    }

    // MARK: - Alternatives

    @Test func alternativesInAnAllOfHaveWhatStandsAroundThem() throws {
        guard case .cardPayment(let card) = try read(KindsAPI.Payment.self, #"{"id":1,"method":"card","card":"4242"}"#) else {
            Issue.record("no card")
            return
        }
        #expect(card.id == 1 && card.card == "4242")
        try read(KindsAPI.Payment.self, #"{"id":2,"method":"cash","coins":3}"#)
        try read(KindsAPI.Payment.self, #"{"id":2,"method":"barter","goods":["wool"]}"#)
    }

    @Test func aPropertyThatAlternativesDescribeDifferentlyIsAUnion() throws {
        guard case .int(7) = try read(KindsAPI.Reading.self, #"{"id":1,"value":7}"#).value,
            case .string("seven") = try read(KindsAPI.Reading.self, #"{"id":1,"value":"seven"}"#).value
        else {
            Issue.record("another alternative")
            return
        }
    }

    @Test func alternativesOfAlternativesAreKeptBesideProperties() throws {
        let circle = try read(KindsAPI.Figure.self, #"{"color":"red","radius":1.5}"#)
        #expect(circle.color == "red" && circle.radius == 1.5)
        try read(KindsAPI.Figure.self, #"{"color":"red","side":2}"#)
        try read(KindsAPI.Figure.self, #"{"path":"M0 0"}"#)
    }

    @Test func whatAnAlternativeSaysOfAMemberNeedNotBeThere() throws {
        let frame = try read(KindsAPI.Frame.self, #"{"flat":true,"size":{"width":3}}"#)
        #expect(frame.size.width == 3 && frame.size.depth == nil)
        try read(KindsAPI.Frame.self, #"{"solid":true,"size":{"width":3,"depth":4}}"#)
    }

    @Test func conditionsAreKeptBesideWhatIsInherited() throws {
        #expect(try read(KindsAPI.Order.self, #"{"id":1,"first":true}"#).first == true)
    }

    @Test func nullIsOfTheAlternativeThatExpectsIt() throws {
        guard case .numbered = try read(KindsAPI.Mark.self, #"{"mark":null}"#) else {
            Issue.record("another alternative")
            return
        }
        try read(KindsAPI.Mark.self, #"{"mark":"a"}"#)
    }

    @Test func nullThatOnlyTheServerSaysIsKept() throws {
        try read(KindsAPI.Deleted.self, #"{"at":null}"#)
        #expect(try JSON.encode(KindsAPI.Deleted(), omittingReadOnly: true) == Data("{}".utf8))
    }

    @Test func listedNumbersDoNotTakeIntegers() throws {
        try read(KindsAPI.Rate.self, "9007199254740993")
        try read(KindsAPI.Rate.self, "0.5")
    }

    // MARK: - Discriminators

    @Test func aDiscriminatorBesidePropertiesTellsTheRightAnimal() throws {
        guard case .dog(let dog) = try read(KindsAPI.Animal.self, #"{"at":"2024-05-06T07:08:09Z","kind":"dog","tricks":["sit"]}"#) else {
            Issue.record("no dog")
            return
        }
        #expect(dog.tricks == ["sit"])
        guard case .cat = try read(KindsAPI.Animal.self, #"{"at":"2024-05-06T07:08:09Z","kind":"cat","lives":9}"#) else {
            Issue.record("no cat")
            return
        }
    }

    @Test func aMemberThatDoesNotDeclareTheDiscriminatorIsSentWithIt() throws {
        let cat = KindsAPI.Animal.cat(.init(at: Date(timeIntervalSince1970: 0), lives: 9))
        let text = String(decoding: try JSON.encode(cat), as: UTF8.self)
        #expect(text.contains(#""kind":"cat""#))
    }

    @Test func discriminatorsAreFoundHoweverTheyAreDeclared() throws {
        guard case .truck = try read(KindsAPI.Vehicle.self, #"{"kind":"truck","load":7}"#) else {
            Issue.record("no truck")
            return
        }
        guard case .bus = try read(KindsAPI.Vehicle.self, #"{"kind":"bus","load":"full"}"#) else {
            Issue.record("no bus")
            return
        }
        try read(KindsAPI.Vehicle.self, #"{"load":"full"}"#)
        try read(KindsAPI.Vehicle.self, #"{"kind":null,"load":7}"#)
    }

    @Test func membersThatOnlyTheMappingNamesAreRead() throws {
        guard case .started(let started) = try read(KindsAPI.Event.self, #"{"type":"started","at":"now","by":"Ada"}"#) else {
            Issue.record("not started")
            return
        }
        #expect(started.by == "Ada" && started.at == "now")
        try read(KindsAPI.Event.self, #"{"type":"ended","by":3}"#)
    }

    @Test func anUnknownSubtypeKeepsAllItsMembers() throws {
        try read(KindsAPI.Plan.self, #"{"name":"GoldPlan","price":{"amount":3}}"#)
        try read(KindsAPI.Plan.self, #"{"name":"FreePlan","days":14}"#)
        try read(KindsAPI.Event.self, #"{"type":"paused","reason":"rain"}"#)
    }

    // MARK: - Values

    @Test func enumerationsOfOneTypeAreOne() throws {
        #expect(try read(KindsAPI.Item.self, #"{"look":"large"}"#).look == .large)
        #expect(try read(KindsAPI.Item.self, #"{"look":"huge"}"#).look == .unknown("huge"))
        #expect(try read(KindsAPI.Item.self, #"{"status":"closed"}"#).status == .value(.closed))
        #expect(try read(KindsAPI.Item.self, #"{"status":""}"#).status == .value(.empty))
        #expect(try read(KindsAPI.Item.self, #"{"status":null}"#).status == .null)
    }

    @Test func integersBesideNumbersKeepTheirDigits() throws {
        guard case .int(9_007_199_254_740_993) = try read(KindsAPI.Item.self, #"{"amount":9007199254740993}"#).amount,
            case .double(1.5) = try read(KindsAPI.Item.self, #"{"amount":1.5}"#).amount
        else {
            Issue.record("another alternative")
            return
        }
        try read(KindsAPI.Item.self, #"{"ratio":1.5}"#)
    }

    @Test func whatHasNoTypeIsAnyValue() throws {
        try read(KindsAPI.Item.self, #"{"anything":{"a":1},"open":["x",null]}"#)
        try read(KindsAPI.Item.self, #"{"anything":"text","open":7}"#)
        try read(KindsAPI.Item.self, #"{"several":"text"}"#)
        try read(KindsAPI.Item.self, #"{"several":{"a":1}}"#)
        try read(KindsAPI.Labels.self, #"{"x-a":1,"other":["kept"]}"#)
        try read(KindsAPI.Pair.self, #"[1,2,"kept",{"a":null}]"#)
    }

    @Test func alternativesThatLeadToEachOtherEnd() throws {
        try read(KindsAPI.Left.self, #"{"x":1}"#)
        try read(KindsAPI.Left.self, #""text""#)
        try read(KindsAPI.Right.self, #"{"x":1}"#)
    }

    // MARK: - Annotations

    @Test func whatPartsOfAnAllOfSayCounts() throws {
        let value = try read(
            KindsAPI.Annotated.self, #"{"id":"a","old":"b","written":"2024-05-06T07:08:09Z","stamp":null,"language":"de"}"#)
        let written: Date = value.written
        #expect(written == Date(timeIntervalSince1970: 1_714_979_289))
        #expect(value.stamp == .null)
        // What the server sets is not sent.
        let sent = String(decoding: try JSON.encode(value, omittingReadOnly: true), as: UTF8.self)
        #expect(!sent.contains(#""id""#))
        #expect(throws: JSONError.self) { try JSON.decode(KindsAPI.Strict.self, from: Data(#"{"radius":1}"#.utf8)) }
    }
}
