import ApusOAuth
import ApusRuntime
import Foundation
import HTTPTypes

/// The examples of the guides: what stands between a name and `// end` is on a page.
enum GuideExamples {
    static func firstCall(_ transport: any Transport) async throws {
        // firstCall
        let client = NotesAPI.Client(authorization: .account(accessToken: "…"))
        let note = try await client.addNote(.init(text: "Buy milk", color: .yellow))
        for note in try await client.listNotes(tag: "shopping") {
            print(note.created, note.text)
        }
        try await client.deleteNote(id: note.id)
        // end
    }

    static func formFile(_ client: WorkshopAPI.Client, _ url: URL) async throws {
        // formFile
        try await client.addDrawing(.init(title: "Plan", file: FilePart(file: url)))
        // end
    }

    static func firstErrors(_ client: NotesAPI.Client) async {
        // firstErrors
        do throws(APIError<NotesAPI.Problem>) {
            let note = try await client.getNote(id: 7)
            print(note.text)
        } catch {
            switch error {
            case .documented(let problem, let response): print(response.status.code, problem.message)
            case .transport: print("no connection")
            default: print(error)
            }
        }
        // end
    }

    static func signInClient(tokens: URL) -> NotesAPI.Client {
        // signInClient
        let client = NotesAPI.Client(authorization: .account(clientID: "notes-app", store: .file(tokens)))
        // end
        return client
    }

    #if os(macOS) || os(Linux)
    static func signInBrowser(_ client: NotesAPI.Client) async throws {
        // signInBrowser
        try await client.account.signInWithBrowser(scopes: [.notes])
        // end
    }
    #endif

    static func signInRedirect(_ client: NotesAPI.Client, open: (String) async throws -> String) async throws {
        // signInRedirect
        let request = try client.account.authorizationRequest(redirectURI: "com.example.notes:/signed-in", scopes: [.notes])
        let redirect = try await open(request.url)
        try await client.account.signIn(redirectedTo: redirect, for: request)
        // end
    }

    static func signInStates(_ client: NotesAPI.Client) async {
        // signInStates
        for await state in client.account.session.states {
            switch state {
            case .signedOut: print("show the sign-in screen")
            default: print("show the notes")
            }
        }
        // end
    }

    static func signOut(_ client: NotesAPI.Client) async throws {
        // signOut
        try await client.account.signOut()
        // end
    }

    // middleware
    struct RequestTimer: Middleware {
        func intercept(
            _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
            next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
        ) async throws -> (HTTPResponse, HTTPBody) {
            let start = ContinuousClock.now
            let (response, responseBody) = try await next(request, body)
            print(operation.operation, response.status.code, ContinuousClock.now - start)
            return (response, responseBody)
        }
    }
    // end

    static func middlewareClient() -> NotesAPI.Client {
        // middlewareClient
        let client = NotesAPI.Client(middleware: [RequestTimer()])
        // end
        return client
    }

    // manyUsers
    /// One client for each user. They share the transport, and so its connections.
    struct NotesService {
        let transport: any Transport
        let store: any TokenStore

        func client(for user: String) -> NotesAPI.Client {
            NotesAPI.Client(
                authorization: .account(clientID: "notes-service", clientSecret: "…", store: UserStore(user: user, all: store)),
                transport: transport
            )
        }
    }

    /// The store of one user, in a store of all: the user is part of the key.
    struct UserStore: TokenStore {
        let user: String
        let all: any TokenStore

        func record(for key: String) async throws -> TokenRecord? {
            try await all.record(for: "\(user)/\(key)")
        }

        func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool {
            try await all.replace(revision, with: record, for: "\(user)/\(key)")
        }

        func exclusively<Value: Sendable>(_ key: String, _ body: @Sendable () async -> Value) async throws -> Value {
            try await all.exclusively("\(user)/\(key)", body)
        }
    }
    // end

    static func fromOpenAPIGenerator(_ client: NotesAPI.Client) async throws {
        // oneResult
        let notes = try await client.listNotes(tag: "work")
        // end
        print(notes)
    }

    static func assertion(_ session: OAuth2Session, tokenURL: String, key: any SigningKey) async throws {
        // assertion
        let claims = JSONWebToken.assertion(issuer: "me", subject: "mia", audience: tokenURL)
        try await session.signIn(assertion: try await claims.signed(with: key))
        // end
    }

    static func metadata(_ client: NotesAPI.Client) async throws {
        // resultAndResponse
        let (notes, response) = try await client.withResponse { try await $0.listNotes(tag: "work") }
        print(notes.count, response.status.code)
        // end
    }
}
