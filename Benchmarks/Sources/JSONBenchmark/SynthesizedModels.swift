import Foundation

/// The models of `benchmark.openapi.yaml` as they are written by hand for
/// Foundation: with the `Codable` the compiler makes.
enum Synthesized {
    struct Country: Codable {
        var name: CountryName
        var alpha2: String
        var alpha3: String
        var capital: String?
        var region: String
        var subregion: String?
        var area: Double
        var population: Int64
        var latlng: [Double]
        var borders: [String]
        var currencies: [String: Currency]
        var languages: [String: String]
        var landlocked: Bool
        var flag: String?
    }

    struct CountryName: Codable {
        var common: String
        var official: String
        var native: [String: String]
    }

    struct Currency: Codable {
        var name: String
        var symbol: String?
    }

    enum Status: String, Codable {
        case open
        case inProgress = "in_progress"
        case blocked
        case done
    }

    struct Person: Codable {
        var id: Int64
        var login: String
        var email: String?
    }

    struct Label: Codable {
        var name: String
        var color: String
    }

    struct Change: Codable {
        var at: Date
        var by: Int64
        var field: String
        var old: String?
        var new: String?
    }

    struct Record: Codable {
        var id: Int64
        var uuid: UUID
        var name: String
        var slug: String
        var title: String
        var summary: String?
        var status: Status
        var priority: Int32
        var score: Double
        var ratio: Double?
        var isActive: Bool
        var isArchived: Bool
        var isPublic: Bool?
        var createdAt: Date
        var updatedAt: Date
        var deletedAt: Date?
        var dueAt: Date?
        var owner: Person
        var reviewers: [Person]
        var tags: [String]
        var labels: [Label]?
        var parentID: Int64?
        var position: Int32
        var revision: Int64
        var url: String
        var htmlURL: String
        var avatarURL: String?
        var email: String?
        var phone: String?
        var language: String
        var country: String?
        var city: String?
        var street: String?
        var postalCode: String?
        var latitude: Double?
        var longitude: Double?
        var width: Int32
        var height: Int32
        var depth: Int32?
        var weight: Double?
        var price: Double
        var currency: String
        var quantity: Int64
        var discount: Double?
        var history: [Change]
        var measurements: [Double]
        var attributes: [String: String]
        var notes: String?
        var checksum: String
        var version: String

        enum CodingKeys: String, CodingKey {
            case id
            case uuid
            case name
            case slug
            case title
            case summary
            case status
            case priority
            case score
            case ratio
            case isActive = "is_active"
            case isArchived = "is_archived"
            case isPublic = "is_public"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
            case deletedAt = "deleted_at"
            case dueAt = "due_at"
            case owner
            case reviewers
            case tags
            case labels
            case parentID = "parent_id"
            case position
            case revision
            case url
            case htmlURL = "html_url"
            case avatarURL = "avatar_url"
            case email
            case phone
            case language
            case country
            case city
            case street
            case postalCode = "postal_code"
            case latitude
            case longitude
            case width
            case height
            case depth
            case weight
            case price
            case currency
            case quantity
            case discount
            case history
            case measurements
            case attributes
            case notes
            case checksum
            case version
        }
    }

    struct Literal: Codable {
        var kind: String
        var value: Double
    }

    struct Variable: Codable {
        var kind: String
        var name: String
    }

    struct Binary: Codable {
        var kind: String
        var `operator`: String
        var left: Expression
        var right: Expression
    }

    struct Call: Codable {
        var kind: String
        var function: String
        var arguments: [Expression]
    }

    /// `Codable` is not made for unions; this is how it is written.
    indirect enum Expression: Codable {
        case literal(Literal)
        case variable(Variable)
        case binary(Binary)
        case call(Call)

        private enum CodingKeys: CodingKey {
            case kind
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            switch try container.decode(String.self, forKey: .kind) {
            case "literal": self = .literal(try Literal(from: decoder))
            case "variable": self = .variable(try Variable(from: decoder))
            case "binary": self = .binary(try Binary(from: decoder))
            case "call": self = .call(try Call(from: decoder))
            case let kind:
                throw DecodingError.dataCorruptedError(
                    forKey: .kind, in: container, debugDescription: "unknown kind \(kind)")
            }
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .literal(let value): try value.encode(to: encoder)
            case .variable(let value): try value.encode(to: encoder)
            case .binary(let value): try value.encode(to: encoder)
            case .call(let value): try value.encode(to: encoder)
            }
        }
    }

    struct Message: Codable {
        var author: String
        var subject: String
        var text: String
        var lines: [String]
    }

    struct Series: Codable {
        var name: String
        var times: [Int64]
        var values: [Double]
        var matrix: [[Double]]
    }
}
