import ApusFiles
import Foundation
import Testing

@Suite("Names of files that others chose")
struct FileNameTests {
    /// A `Content-Disposition` field ⇒ the name that is used; `nil` if there is none.
    private static let rows = #"""
        attachment; filename="report.pdf" ⇒ report.pdf
        attachment; filename=report.pdf ⇒ report.pdf
        ATTACHMENT; FileName = "a b.txt" ⇒ a b.txt
        attachment;filename="a;b=c.txt" ⇒ a;b=c.txt
        attachment; filename="a\"b.txt" ⇒ a_b.txt
        attachment; filename="a\\b.txt" ⇒ b.txt
        inline; filename="page.html"; size=3 ⇒ page.html
        form-data; name="file"; filename="x.png" ⇒ x.png
        attachment; filename="EURO rates"; filename*=utf-8''%e2%82%ac%20rates ⇒ € rates
        attachment; filename*=UTF-8''%e2%82%ac.txt; filename="x.txt" ⇒ €.txt
        attachment; filename*=UTF-8'en'na%C3%AFve.txt ⇒ naïve.txt
        attachment; filename*=iso-8859-1'en'%A3%20rates ⇒ £ rates
        attachment; filename*=UTF-8''%ff; filename="x.txt" ⇒ x.txt
        attachment; filename*=UTF-8''a%2; filename="x.txt" ⇒ x.txt
        attachment; filename*=UTF-8'; filename="x.txt" ⇒ x.txt
        attachment; filename*=koi8-r''abc; filename="x.txt" ⇒ x.txt
        attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd ⇒ passwd
        attachment; filename*=UTF-8''a%00b.txt ⇒ ab.txt
        attachment; filename*=UTF-8''a%0D%0Ab.txt ⇒ ab.txt
        attachment; filename*=UTF-8''exe%E2%80%AEgpj.jpg ⇒ exegpj.jpg
        attachment; filename*=UTF-8''a%E2%80%8Bb.txt ⇒ ab.txt
        attachment; filename="../../etc/passwd" ⇒ passwd
        attachment; filename="..\\..\\boot.ini" ⇒ boot.ini
        attachment; filename="C:\\Users\\x.txt" ⇒ x.txt
        attachment; filename="C:x.txt" ⇒ C_x.txt
        attachment; filename="/" ⇒ nil
        attachment; filename="." ⇒ nil
        attachment; filename=".." ⇒ nil
        attachment; filename="..." ⇒ nil
        attachment; filename="" ⇒ nil
        attachment; filename="   " ⇒ nil
        attachment; filename=".bashrc" ⇒ bashrc
        attachment; filename="a/b/" ⇒ b
        attachment; filename="name. . ." ⇒ name
        attachment; filename="a<b>c|d?e*f.txt" ⇒ a_b_c_d_e_f.txt
        attachment; filename="CON" ⇒ _CON
        attachment; filename="con.txt" ⇒ _con.txt
        attachment; filename="lpt1.tar.gz" ⇒ _lpt1.tar.gz
        attachment; filename="console.txt" ⇒ console.txt
        attachment; filename="a.txt"; filename="b.txt" ⇒ a.txt
        attachment; filename="open ⇒ nil
        attachment ⇒ nil
        attachment; filename ⇒ nil
        """#.split(separator: "\n").map { $0.components(separatedBy: " ⇒ ") }

    @Test(arguments: rows) func safe(row: [String]) {
        #expect(ContentDisposition(row[0])?.safeFilename == (row[1] == "nil" ? nil : row[1]))
    }

    @Test("A name is no longer than a file system takes, and keeps its extension")
    func long() throws {
        let name = try #require(FileNames.safe(String(repeating: "ü", count: 500) + ".pdf"))
        #expect(name.utf8.count <= 255)
        #expect(name.hasSuffix("ü.pdf"))
    }
}
