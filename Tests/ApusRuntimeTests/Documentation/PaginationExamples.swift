import ApusRuntime
import Foundation

extension ShopAPI.Client {
    func listPets(limit: Int? = nil) async throws(APIError<Never>) -> PetPage {
        var request = Request(.get, "/pets", operation: "listPets", security: [])
        request.query("limit", limit)
        return try await send(request, as: .json, errors: .none)
    }

    /// The items of all pages of `listPets`, page by page.
    func listPets(_ pages: PageRange, limit: Int? = nil) -> PagedItems<PetPage, User, Never> {
        PagedItems(pages, of: self, by: .cursor("after", next: "/next"), items: { $0.data ?? [] }) { client throws(APIError<Never>) in
            try await client.listPets(limit: limit)
        }
    }
}

struct PetPage: JSONCodable, Hashable {
    var data: [ShopAPI.User]?

    init(from object: inout ObjectReader) {
        data = object.optional("data")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("data", data)
    }
}

/// The examples of Documentation/Pagination.md, as the page has them.
enum PaginationExamples {
    static func items(_ client: ShopAPI.Client) async throws {
        // pageItems
        for try await pet in client.listPets(.all, limit: 50) {
            print(pet.name ?? "")
        }
        // end
    }

    static func pages(_ client: ShopAPI.Client) async throws {
        // pageResponses
        for try await page in client.listPets(.all, limit: 50).pages {
            print(page.items.count, page.response.headerFields[.eTag] ?? "", page.body)
        }
        // end
    }

    static func continuation(_ client: ShopAPI.Client) async throws {
        // pageContinuation
        var kept: Data?
        for try await page in client.listPets(.all, limit: 50).pages {
            kept = try page.continuation.map { try JSONEncoder().encode($0) }
            if page.items.contains(where: { $0.id == 3 }) { break }
        }
        if let kept {
            let continuation = try JSONDecoder().decode(PageContinuation.self, from: kept)
            for try await pet in client.listPets(.from(continuation), limit: 50) { print(pet.id) }
        }
        // end
    }

    static func again(_ client: ShopAPI.Client) async throws {
        // pageAgain
        var pets = client.listPets(.all).makeAsyncIterator()
        while true {
            do {
                guard let pet = try await pets.next() else { break }
                print(pet.id)
            } catch {
                guard error.isRetryable else { throw error }
                try await Task.sleep(for: .seconds(1))
            }
        }
        // end
    }

    static func byHand(_ client: ShopAPI.Client) async throws {
        // pageByHand
        let things = PagedItems(of: client, by: .cursor("after", next: "/meta/next"), items: { $0.items }) { client throws(APIError<Never>) in
            try await client.listThings(limit: 50)
        }
        for try await thing in things { print(thing) }
        // end
    }
}
