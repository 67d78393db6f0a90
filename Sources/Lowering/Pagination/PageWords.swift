import TextScanning

/// The words of a name that may have to do with pages, in lower case: `nextPageToken`,
/// `next_page_token` and `page[token]` are told apart from nothing but themselves.
struct PageWords: Hashable {
    let words: [String]

    init(_ name: String) {
        words = NameWords.split(name)
    }

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
