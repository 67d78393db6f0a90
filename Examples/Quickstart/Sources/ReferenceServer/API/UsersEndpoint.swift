import Foundation
import Hummingbird

/// `POST /api/v1/users` and `GET /api/v1/users/{id}`.
struct UsersEndpoint: Sendable {
    let accounts: Accounts
    let authentication: BearerAuthentication
    let tally: Tally

    func add(to router: Router<BasicRequestContext>) {
        router.post("/api/v1/users") { request, _ in
            tally.count { $0.apiRequests += 1 }
            return try await create(request)
        }
        router.get("/api/v1/users/:id") { request, context in
            try await authentication.answer(to: request) { _ in
                // `Int` would also take `+101`.
                guard let text = context.parameters.get("id"), text.utf8.allSatisfy({ (48...57).contains($0) }),
                    let id = Int(text), let user = await accounts.user(id: id)
                else { return Response(status: .notFound) }
                return try .json(user)
            }
        }
    }

    private func create(_ request: Request) async throws -> Response {
        // "without any media type parameters", the reference says.
        guard request.headers[.contentType] == "application/json" else { return Response(status: .unsupportedMediaType) }
        let bytes = try await request.body.collect(upTo: .largestBody)
        guard let body = try? JSONDecoder().decode(Creation.self, from: Data(bytes.readableBytesView)) else {
            return Response(status: .badRequest)
        }
        do {
            let user = try await accounts.create(email: body.user.email ?? "", password: body.user.password ?? "")
            return try .json(user, status: .created)
        } catch let error as Accounts.Invalid {
            return try .json(Refusal(errors: error.errors), status: .unprocessableContent)
        }
    }

    private struct Creation: Decodable {
        struct User: Decodable {
            let email: String?
            let password: String?
        }

        let user: User
    }

    private struct Refusal: Encodable {
        let errors: [String: [String]]
    }
}
