import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Shop = AnsweringTransport

@Suite("The checked-in client of a Swagger 2.0 description, at work")
struct ShopClientTests {
    private func client(_ shop: Shop) -> ShopAPI.Client {
        ShopAPI.Client(authorization: .key("K"), transport: shop)
    }

    @Test("Host, base path and collection formats")
    func parameters() async throws {
        let shop = Shop(200, #"[{"kind":"Book","name":"B","price":null}]"#)
        let articles = try await client(shop).listArticles(
            limit: 5, tags: ["a", "b"], ids: [1, 2], colours: ["r", "g"], sizes: ["s", "m"], xShops: ["x", "y"],
            xShelves: ["1", "2"], rows: ["a", "b"], order: .price)
        #expect(shop.request?.authority == "shop.example" && shop.request?.scheme == "https")
        #expect(shop.request?.path == "/v2/articles?limit=5&tags=a,b&ids=1&ids=2&colours=r%7Cg&sizes=s%20m&rows=a%09b&order=price")
        #expect(shop.request?.headerFields[HTTPField.Name("X-Shops")!] == "x,y")
        #expect(shop.request?.headerFields[HTTPField.Name("X-Shelves")!] == "1|2")
        #expect(shop.request?.headerFields[HTTPField.Name("X-Key")!] == "K")
        guard case .book(let book)? = articles.first else { return #expect(Bool(false)) }
        #expect(book.name == "B" && book.price == .null)
    }

    @Test("A body, and an error that all operations share")
    func body() async throws {
        let shop = Shop(409, #"{"message":"there is one"}"#)
        await #expect {
            _ = try await client(shop).addArticle(.book(.init(name: "B")))
        } throws: { error in
            guard case .documented(let problem, _)? = error as? APIError<ShopAPI.Problem> else { return false }
            return problem.message == "there is one"
        }
        #expect(shop.body == #"{"kind":"Book","name":"B"}"#)
    }

    @Test("Forms, with and without files")
    func forms() async throws {
        let shop = Shop(204)
        try await client(shop).renameArticle(id: "7", .init(name: "A&B", labels: ["x", "y"]))
        #expect(shop.request?.headerFields[.contentType] == "application/x-www-form-urlencoded")
        #expect(shop.body == "name=A%26B&labels=x%2Cy")
        try await client(shop).addImage(id: "7", .init(caption: "C", image: FilePart(HTTPBody("PNG"), filename: "a.png")))
        #expect(shop.request?.headerFields[.contentType]?.hasPrefix("multipart/form-data; boundary=") == true)
        #expect(shop.body.contains("filename=\"a.png\"") && shop.body.contains("PNG"))
        try await client(shop).removeSet(ids: [1, 2], .init(why: ["old", "broken"]))
        #expect(shop.request?.path == "/v2/sets/1%202" && shop.body.contains("name=\"why\"\r\n\r\nold|broken\r\n"))
        let image = try await client(Shop(200, "PNG")).getImage(id: "7")
        #expect(try await image.collect(upTo: 100) == Data("PNG".utf8))
    }

    @Test("A definition that is composed of another has its properties")
    func composition() throws {
        let book = try JSON.decode(ShopAPI.Book.self, from: Data(#"{"id":"1","kind":"Book","name":"B","author":"A","price":2.5}"#.utf8))
        #expect(book.author == "A" && book.name == "B" && book.price == 2.5)
        // What only the server sets is not sent.
        #expect(String(decoding: try JSON.encode(book, omittingReadOnly: true), as: UTF8.self) == #"{"kind":"Book","name":"B","price":2.5,"author":"A"}"#)
    }
}
