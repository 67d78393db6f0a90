/// The words of a name that may have to do with pages, in lower case: `nextPageToken`,
/// `next_page_token` and `page[token]` are told apart from nothing but themselves.
struct PageWords: Hashable {
    let words: [String]

    /// Reads bytes: every member of every page has its name read here. What is not ASCII
    /// is part of a word.
    init(_ name: String) {
        var words: [String] = []
        var word: [UInt8] = []
        var wasLower = false
        for byte in name.utf8 {
            let isUpper = Self.isUpper(byte)
            let isWord = isUpper || Self.isLowerOrDigit(byte) || byte >= 0x80
            if !isWord || isUpper && wasLower {
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
            if isWord { word.append(isUpper ? byte | 0x20 : byte) }
            wasLower = Self.isLowerOrDigit(byte)
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        self.words = words
    }

    private static func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    /// Whether a text has such a word, in ASCII's letters of either case.
    static func says(_ word: StaticString, in text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            word.withUTF8Buffer { word in
                var start = 0
                while start + word.count <= bytes.count {
                    let end = start + word.count
                    if bytes[start] | 0x20 == word[0], zip(bytes[start..<end], word).allSatisfy({ $0 | 0x20 == $1 }),
                        start == 0 || !isLetter(bytes[start - 1]), end == bytes.count || !isLetter(bytes[end])
                    {
                        return true
                    }
                    start += 1
                }
                return false
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte >= 0x80 }

    func contains(_ word: String) -> Bool { words.contains(word) }

    /// The words that name the value, without those that say that it is the next one or
    /// that it has to do with pages.
    var essence: [String] {
        words.filter { !["next", "start", "starting", "page", "pages", "paging", "pagination", "info", "meta", "odata", "metadata", "number"].contains($0) }
    }

    /// All in one, so that `nextPage` and `nextpage` are the same.
    var joined: String { words.joined() }
}

/// What the names of parameters and members have to do with pages.
enum PageNames {
    enum Role {
        case cursor, page, offset, limit
    }

    static func role(of parameter: String) -> Role? {
        let name = PageWords(parameter).joined
        if cursors.contains(name) { return .cursor }
        if pages.contains(name) { return .page }
        if offsets.contains(name) { return .offset }
        return limits.contains(name) ? .limit : nil
    }

    private static let cursors: Set = [
        "cursor", "after", "next", "nexttoken", "pagetoken", "nextpagetoken", "continuationtoken", "continuation", "continue", "marker",
        "startcursor", "aftercursor", "nextcursor", "pagecursor", "pageafter", "paginationtoken", "paginationcursor", "bookmark", "scrollid",
        "startingafter", "token", "nextmarker", "pagestate", "afterid", "searchafter", "syncsequencetoken", "nextkey", "startkey", "startfrom",
        "exclusivestartkey", "lastkey", "nextpagecursor", "nextpage", "pagekey", "pageid", "skiptoken",
    ]
    private static let pages: Set = [
        "page", "pagenumber", "pageno", "pageindex", "pagenum", "p", "currentpage", "pagepage", "pagenr", "paginationpage",
    ]
    private static let offsets: Set = [
        "offset", "skip", "startat", "startindex", "pageoffset", "startposition", "paginationoffset", "pageskip", "first", "from", "start",
        "startoffset", "firstresult", "resultoffset",
    ]
    private static let limits: Set = [
        "limit", "perpage", "pagesize", "pagelimit", "maxresults", "maxitems", "count", "size", "take", "top", "maxpagesize", "itemsperpage",
        "resultsperpage", "pageperpage", "paginationlimit", "paginationpagesize", "maxrecords", "rows", "num", "number", "max",
    ]

    /// What lists are called that are what a page is for.
    static let lists: Set = [
        "items", "data", "results", "result", "values", "value", "entries", "records", "rows", "list", "objects", "elements", "nodes",
        "content", "contents", "hits", "resources", "collection", "documents", "edges",
    ]

    /// Members around a list, or around what is said of a page.
    static let wrappers: Set = [
        "data", "result", "results", "response", "payload", "body", "meta", "metadata", "responsemetadata", "pagination", "paging", "page",
        "pageinfo", "paginginfo", "pagemeta", "pagemetadata", "paginationinfo", "paginationmeta", "paginationmetadata", "links", "cursor",
        "cursors", "next", "nextpage", "pages", "listmeta", "listmetadata", "resultinfo", "info",
    ]

    static let more: Set = [
        "hasmore", "more", "hasnext", "hasnextpage", "moreavailable", "hasmoreresults", "hasmoreitems", "hasmorepages", "moreresults", "istruncated",
        "hasmoredata", "hasmorerecords", "hasmoreentries", "hasmoretoload",
    ]
    static let last: Set = ["islast", "lastpage", "islastpage", "last", "endoflist", "isfinalpage", "nomore"]
    static let totals: Set = [
        "total", "totalcount", "totalitems", "totalresults", "totalentries", "totalrecords", "totalelements", "count", "totalsize",
        "totalnumber", "totalhits", "itemcount", "resultcount", "recordcount", "itemscount", "totalrows", "numfound", "totalobjects",
    ]
    static let totalPages: Set = [
        "totalpages", "pagecount", "pages", "lastpage", "pagestotal", "numpages", "totalpagecount", "numberofpages",
    ]
}
