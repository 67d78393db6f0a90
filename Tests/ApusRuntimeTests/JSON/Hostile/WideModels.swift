import ApusRuntime
import Foundation

/// A struct that is as large as the largest of real descriptions: 240 texts, in
/// groups of ten.
struct Wide: JSONCodable {
    var p0: Texts?
    var p1: Texts?
    var p2: Texts?
    var p3: Texts?
    var p4: Texts?
    var p5: Texts?
    var p6: Texts?
    var p7: Texts?
    var p8: Texts?
    var p9: Texts?
    var p10: Texts?
    var p11: Texts?
    var p12: Texts?
    var p13: Texts?
    var p14: Texts?
    var p15: Texts?
    var p16: Texts?
    var p17: Texts?
    var p18: Texts?
    var p19: Texts?
    var p20: Texts?
    var p21: Texts?
    var p22: Texts?
    var p23: Texts?
    @Indirect var next: Wide?
    @Indirect var other: WideUnion?
    var list: [Wide]?
    var any: JSONValue?
    var dictionary: [String: Wide]?

    init(from object: inout ObjectReader) {
        p0 = object.optional("a")
        p1 = object.optional("p1")
        p2 = object.optional("p2")
        p3 = object.optional("p3")
        p4 = object.optional("p4")
        p5 = object.optional("p5")
        p6 = object.optional("p6")
        p7 = object.optional("p7")
        p8 = object.optional("p8")
        p9 = object.optional("p9")
        p10 = object.optional("p10")
        p11 = object.optional("p11")
        p12 = object.optional("p12")
        p13 = object.optional("p13")
        p14 = object.optional("p14")
        p15 = object.optional("p15")
        p16 = object.optional("p16")
        p17 = object.optional("p17")
        p18 = object.optional("p18")
        p19 = object.optional("p19")
        p20 = object.optional("p20")
        p21 = object.optional("p21")
        p22 = object.optional("p22")
        p23 = object.optional("p23")
        next = object.optional("next")
        other = object.optional("other")
        list = object.optional("list")
        any = object.optional("any")
        dictionary = object.optional("dictionary")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("a", p0)
        object.optional("p1", p1)
        object.optional("p2", p2)
        object.optional("p3", p3)
        object.optional("p4", p4)
        object.optional("p5", p5)
        object.optional("p6", p6)
        object.optional("p7", p7)
        object.optional("p8", p8)
        object.optional("p9", p9)
        object.optional("p10", p10)
        object.optional("p11", p11)
        object.optional("p12", p12)
        object.optional("p13", p13)
        object.optional("p14", p14)
        object.optional("p15", p15)
        object.optional("p16", p16)
        object.optional("p17", p17)
        object.optional("p18", p18)
        object.optional("p19", p19)
        object.optional("p20", p20)
        object.optional("p21", p21)
        object.optional("p22", p22)
        object.optional("p23", p23)
        object.optional("next", next)
        object.optional("other", other)
        object.optional("list", list)
        object.optional("any", any)
        object.optional("dictionary", dictionary)
    }
}

struct Texts: JSONCodable {
    var a: String?
    var b: String?
    var c: String?
    var d: String?
    var e: String?
    var f: String?
    var g: String?
    var h: String?
    var i: String?
    var j: String?

    init(from object: inout ObjectReader) {
        a = object.optional("a")
        b = object.optional("b")
        c = object.optional("c")
        d = object.optional("d")
        e = object.optional("e")
        f = object.optional("f")
        g = object.optional("g")
        h = object.optional("h")
        i = object.optional("i")
        j = object.optional("j")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("a", a)
        object.optional("b", b)
        object.optional("c", c)
        object.optional("d", d)
        object.optional("e", e)
        object.optional("f", f)
        object.optional("g", g)
        object.optional("h", h)
        object.optional("i", i)
        object.optional("j", j)
    }
}

/// Told apart by trial.
indirect enum WideUnion: JSONUnion {
    case wide(WideLink)
    case other(Wide)
    case unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.bestMatch(WideLink.self, Wide.self) {
        case 0: self = .wide(value.read())
        case 1: self = .other(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .wide(let content): value.write(content)
        case .other(let content): value.write(content)
        case .unknown(let content): value.write(content)
        }
    }
}

struct WideLink: JSONCodable {
    @Indirect var next: WideUnion?
    var wide: Wide?

    init(from object: inout ObjectReader) {
        next = object.optional("next")
        wide = object.optional("wide")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("next", next)
        object.optional("wide", wide)
    }
}
