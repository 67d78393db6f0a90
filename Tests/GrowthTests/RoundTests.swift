import Comparison
import Foundation
import Generation
import Growth
import Testing

/// Says what it is told to, whatever it is given.
private struct Told: DescriptionComparing {
    var changes: [InterfaceChange] = []
    var error: (any Error)?

    func changes(from old: [UInt8], to new: [UInt8], path: String) throws -> [InterfaceChange] {
        if let error { throw error }
        return changes
    }
}

@Suite struct RoundTests {
    private func reference() throws -> Description {
        try Description(name: "petstore.yaml", path: Folders.root.appending(path: "Tests/GoldenTests/Descriptions/petstore.yaml").path)
    }

    private func run(_ mode: Mode, _ comparison: any DescriptionComparing) throws -> (outcomes: [Round.Outcome], summaries: [GrowthRun.Summary]) {
        var run = GrowthRun()
        run.modes = [mode]
        run.rounds = 3
        var outcomes: [Round.Outcome] = []
        let summaries = run.run(on: try reference(), position: 0, of: 1, by: comparison) { outcomes.append($0) }
        return (outcomes, summaries)
    }

    private static func change(
        _ kind: InterfaceChange.Kind, _ subject: InterfaceChange.Subject, _ name: String, _ detail: String = "", isBreaking: Bool = true
    ) -> InterfaceChange {
        InterfaceChange(kind: kind, subject: subject, name: name, detail: detail, isBreaking: isBreaking)
    }

    @Test(arguments: Mode.allCases)
    func aBreakingChangeMakesTheRoundFail(_ mode: Mode) throws {
        let (outcomes, summaries) = try run(mode, Told(changes: [Self.change(.removed, .type, "Nobody")]))
        #expect(outcomes.count == 3)
        #expect(outcomes.map(\.isFailure) == [true, true, true])
        #expect(summaries.map(\.failures) == [3])
        let text = GrowthReport.text(of: try #require(outcomes.first), seed: 1)
        #expect(text.contains("FAILED \(mode.rawValue):petstore.yaml:0"))
        #expect(text.contains("breaking: removed type Nobody"))
        #expect(mode == .order || text.contains("element: "))
    }

    @Test func compatibleChangesAreFaultsOfTheOrderAlone() throws {
        let told = Told(changes: [Self.change(.added, .type, "New", isBreaking: false)])
        #expect(try run(.operations, told).summaries.map(\.failures) == [0])
        #expect(try run(.elements, told).summaries.map(\.failures) == [0])
        #expect(try run(.order, told).summaries.map(\.failures) == [3])
    }

    @Test(arguments: Mode.allCases)
    func anErrorMakesTheRoundFail(_ mode: Mode) throws {
        #expect(try run(mode, Told(error: CancellationError())).summaries.map(\.failures) == [3])
    }

    @Test func aRoundCanBeRepeatedAlone() throws {
        let outcomes = try run(.elements, Told()).outcomes
        var run = GrowthRun()
        run.only = Round(argument: "\(outcomes[2].round)")
        #expect(run.only == outcomes[2].round)
        var repeated: [Round.Outcome] = []
        _ = run.run(on: try reference(), position: 0, of: 1, by: Told()) { repeated.append($0) }
        #expect(repeated.map(\.old) == [outcomes[2].old])
        #expect(outcomes[2].old != outcomes[1].old)
    }

    // MARK: - What an element explains

    private static let enumValue = Element(kind: .enumValue, path: Path(), name: "on-hold", owners: ["task_status"])
    private static let response = Element(kind: .response, path: Path(), name: "404", owners: ["getTask"])
    private static let property = Element(kind: .property, path: Path(), name: "note", owners: ["Task"])

    @Test(arguments: [
        change(.added, .enumCase, "TaskStatus.onHold"), change(.changed, .operation, "getTask(id:)", "throws GetTaskError in place of Problem"),
        change(.added, .enumCase, "GetTaskError.notFound"), change(.added, .enumCase, "Task.Note.private"),
        change(.changed, .operation, "getTaskAsEvents(id:)", "throws Problem in place of Never"),
        change(.changed, .enumCase, "TaskStatus.onHold", "`ON-HOLD` → `on-hold`"),
        change(.changed, .property, "Task.note", "Nullable<Int>? → Int?"), change(.changed, .property, "Task.note", "comes in another order"),
    ])
    func changesAtTheElementAreExpected(_ change: InterfaceChange) {
        #expect(Attribution(elements: [Self.enumValue, Self.response, Self.property]).unexplained([change]).isEmpty)
    }

    @Test(arguments: [
        change(.added, .enumCase, "TaskStatus.done"), change(.added, .enumCase, "Color.onHold"),
        change(.removed, .enumCase, "TaskStatus.onHold"), change(.changed, .operation, "listTasks()", "throws A in place of B"),
        change(.changed, .operation, "getTask(id:)", "is called task(id:)"), change(.changed, .property, "Task.note", "A is B"),
        change(.changed, .property, "Task.note", "Int → Int?"), change(.changed, .property, "List.note", "Nullable<Int>? → Int?"),
        change(.changed, .operation, "getTaskList()", "throws Problem in place of Never"), change(.added, .enumCase, "Task.Kind.private"),
        change(.changed, .enumCase, "TaskStatus.done", "`DONE` → `done`"), change(.removed, .type, "GetTaskError"),
    ])
    func changesElsewhereAreNot(_ change: InterfaceChange) {
        #expect(Attribution(elements: [Self.enumValue, Self.response, Self.property]).unexplained([change]) == [change])
    }

    @Test func elementsOfAnOperationWithoutAnIDBelongToItsRequest() throws {
        let description = try value(
            """
            paths:
              "/tasks/{task-id}":
                get: { responses: { "200": { description: "" }, "404": { description: "" } } }
            """)
        var random = seeded()
        let elements = try #require(ElementRemoval(description).mutation(using: &random)).elements
        let expected = Self.change(.changed, .operation, "getTasksByTaskID(taskID:)", "throws Problem in place of Never")
        let other = Self.change(.changed, .operation, "getTasks()", "throws Problem in place of Never")
        #expect(elements.map(\.name) == ["404"])
        #expect(Attribution(elements: elements).unexplained([expected, other]) == [other])
    }

    @Test func elementsBelongToWhatIsComposedOfTheirs() throws {
        let description = try value(
            """
            components:
              schemas:
                Model: { type: string, enum: [a, b, c] }
                Request: { type: object, properties: { model: { anyOf: [{ type: string }, { $ref: "#/components/schemas/Model" }] } } }
                Extended: { allOf: [{ $ref: "#/components/schemas/Request" }] }
                Other: { type: object, properties: { model: { $ref: "#/components/schemas/Model" } } }
            """)
        let elements = ElementRemoval(description).candidates
        #expect(elements.allSatisfy { $0.kind == .enumValue } && elements.count == 3)
        #expect(Set(elements[0].owners) == ["Model", "Request", "Extended"])
    }

    @Test func everyDescriptionHasARound() throws {
        var run = GrowthRun()
        run.rounds = 5
        let descriptions = try (0..<3).map { position in
            try run.run(on: reference(), position: position, of: 3, by: Told()) { _ in }.map(\.rounds)
        }
        #expect(descriptions == [[2, 2, 2], [2, 2, 2], [1, 1, 1]])
        run.rounds = 1
        let last = run.run(on: try reference(), position: 2, of: 3, by: Told()) { _ in }
        #expect(last.map(\.rounds) == [1, 1, 1])
    }
}
