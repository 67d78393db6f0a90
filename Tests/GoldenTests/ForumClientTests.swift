import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Forum = AnsweringTransport

@Suite("The checked-in client of a description with renames, types and groups, at work")
struct ForumClientTests {
    @Test("Methods are in groups, without the tag's words where that leaves each a name")
    func groups() async throws {
        let transport = Forum(#"{"usr_nm":"Mia","home":"https://mia.example/"}"#)
        let client = ForumAPI.Client(transport: transport)
        #expect(try await client.users.get(id: 7).name == "Mia")
        #expect(transport.line == "GET /users/7")
        try await client.users.delete(id: 7)
        #expect(transport.line == "DELETE /users/7")
        // Its name would be empty, or end with `to`.
        try await client.users.users(id: 1)
        #expect(transport.line == "PUT /users/1")
        try await client.users.addToUser(id: 1)
        #expect(transport.line == "POST /users/1/friends")
        try await client.posts.find()
        #expect(transport.line == "GET /posts/search")
        try await client.status()
        #expect(transport.line == "GET /status")
        let (_, response) = try await client.withResponse { try await $0.users.get(id: 7) }
        #expect(response.status.code == 200)
    }

    @Test("Types of one's own are read and written, in bodies, parameters and unions")
    func types() async throws {
        let created = Forum(#"{"usr_nm":"Mia","home":"https://mia.example/a?b","created":"yesterday"}"#)
        let home = try #require(URL(string: "https://mia.example/a?b"))
        let user = try await ForumAPI.Client(transport: created).users.create(.init(name: "Mia", home: home))
        #expect(created.body == #"{"usr_nm":"Mia","home":"https://mia.example/a?b"}"#)
        #expect(user.home == home)
        #expect(user.created == "yesterday")

        let posts = Forum(#"{"price":{"amount":"5"},"prices":[{"amount":"6"}],"link":{"amount":"7"}}"#)
        let post = try await ForumAPI.Client(transport: posts).posts.get(near: home, price: ForumPrice(cents: 3))
        #expect(posts.line == "GET /posts?near=https%3A%2F%2Fmia.example%2Fa%3Fb&price=3c")
        #expect(post.price == ForumPrice(cents: 5))
        #expect(post.prices == [ForumPrice(cents: 6)])
        guard case .forumPrice(ForumPrice(cents: 7)) = post.link else {
            Issue.record("\(post)")
            return
        }
        let link = try JSON.decode(ForumAPI.Post.self, from: Data(#"{"link":"https://x.example"}"#.utf8)).link
        guard case .url(let url) = link else {
            Issue.record("\(String(describing: link))")
            return
        }
        #expect(url.host == "x.example")
    }

    @Test("Models are equal where their JSON is, and are known by a required `id`")
    func conformances() throws {
        let topic = ForumAPI.Topic(id: 1, title: "Swifts", views: 3, additionalProperties: ["a": "1", "b": "2", "c": "3"])
        var other = ForumAPI.Topic(id: 1, title: "Swifts", views: 3, additionalProperties: ["c": "3", "b": "2", "a": "1"])
        #expect(topic == other)
        #expect(topic.hashValue == other.hashValue)
        // What is never sent counts too.
        other.views = 4
        #expect(topic != other)
        #expect(Set([topic, other, topic]).count == 2)
        #expect(ForumAPI.Post(topic: topic) == ForumAPI.Post(topic: topic))
        #expect(ForumAPI.Post(topic: topic) != ForumAPI.Post(topic: other))
        #expect(ForumAPI.Post(price: ForumPrice(cents: 1)) != ForumAPI.Post(price: ForumPrice(cents: 2)))
        func identity<T: Identifiable>(_ value: T) -> T.ID { value.id }
        #expect(identity(topic) == 1)
    }
}
