import Declarations
import Testing

@Suite("Where two names come to one spelling")
struct CollisionTests {
    @Test("Cases: exact spellings first, and what differs stays apart", arguments: [
        (["AB", "ab"], ["abValue", "ab"]), (["GMT+1", "GMT-1"], ["gmtPlus1", "gmt1"]), (["1.0", "10"], ["_1_0", "_10"]),
        (["C++", "C#", "C"], ["cPlusPlus", "cSharp", "c"]), (["none", "some"], ["noneValue", "some"]), (["unknown"], ["unknownValue"]),
        (["-name", "name", "+name"], ["minusName", "name", "plusName"]),
    ])
    func cases(values: [String], names: [String]) throws {
        for (values, names) in [(values, names), (values.reversed(), names.reversed())] {
            let list = values.map { "'\($0)'" }.joined(separator: ", ")
            let lowered = try Lowered(schemas: "    E: {type: string, enum: [\(list)]}")
            #expect(lowered.enumeration("E")?.cases.map(\.name) == names)
        }
    }

    @Test("Schemas: the exact spelling has the name in any order, and it is reported")
    func schemas() throws {
        for order in [["user", "User"], ["User", "user"]] {
            let lowered = try Lowered(schemas: order.map { "    \($0): {type: object, properties: {\($0)Name: {type: string}}}" }.joined(separator: "\n"))
            #expect(lowered.structure("User")?.properties[0].key == "UserName")
            #expect(lowered.structure("UserModel")?.properties[0].key == "userName")
            #expect(lowered.diagnostics.contains { $0.message.contains("`user` is called `UserModel`") })
        }
    }

    @Test("Properties and parameters, in any order")
    func members() throws {
        for order in [["user_id", "userId", "userID"], ["userID", "userId", "user_id"]] {
            let lowered = try Lowered(
                paths: "  /a: {get: {operationId: get, parameters: [\(order.map { "{name: \($0), in: query}" }.joined(separator: ", "))], responses: {}}}",
                schemas: "    A: {type: object, properties: {\(order.map { "\($0): {type: string}" }.joined(separator: ", "))}}")
            let properties = Dictionary(uniqueKeysWithValues: lowered.structure("A")?.properties.map { ($0.key, $0.name) } ?? [])
            #expect(properties == ["userID": "userID", "userId": "userIDValue", "user_id": "userIDValue2"])
            let parameters = Dictionary(uniqueKeysWithValues: lowered.operation("get")?.parameters.map { ($0.key, $0.name) } ?? [])
            #expect(parameters["userID"] == "userID")
            #expect(Set(parameters.values).count == 3)
        }
    }

    @Test("FastAPI's operation IDs lose the path and the method, and the shortest path has the name")
    func fastAPI() throws {
        let items = "  /items/{item_id}: {get: {operationId: read_item_items__item_id__get, responses: {}}}"
        #expect(try Lowered(paths: items).module.operations.map(\.name) == ["readItem"])
        let others = "  /v2/items/{item_id}: {get: {operationId: read_item_v2_items__item_id__get, responses: {}}}"
        for paths in [items + "\n" + others, others + "\n" + items] {
            let lowered = try Lowered(paths: paths)
            #expect(lowered.operation("readItem")?.template == "/items/{item_id}")
            #expect(lowered.operation("readItemV2ItemsItemIDGet")?.template == "/v2/items/{item_id}")
            #expect(lowered.diagnostics.contains { $0.message.contains("`read_item_v2_items__item_id__get` is taken") })
        }
        // An ID that only looks like one.
        let other = try Lowered(paths: "  /items: {get: {operationId: find_items_post, responses: {}}}")
        #expect(other.module.operations.map(\.name) == ["findItemsPost"])
    }

    @Test("An operation ID that is there twice is decided by the path")
    func duplicates() throws {
        let first = "  /b: {get: {operationId: getThing, responses: {}}}"
        let second = "  /a: {get: {operationId: getThing, responses: {}}}"
        for paths in [first + "\n" + second, second + "\n" + first] {
            #expect(try Lowered(paths: paths).operation("getThing")?.template == "/a")
        }
    }

    @Test("Members of a union without names are not called by their number")
    func variants() throws {
        let members = ["{type: object, properties: {x: {type: string}}, required: [x]}", "{type: object, properties: {x: {type: integer}}, required: [x]}"]
        let names = try [members, members.reversed()].map { members in
            try Lowered(schemas: "    U: {oneOf: [\(members.joined(separator: ", "))]}")
        }.map { lowered in
            Dictionary(uniqueKeysWithValues: lowered.names.map { ($0, lowered.structure($0)?.properties.map(\.valueType)) })
        }
        #expect(names[0] == names[1])
    }
}
