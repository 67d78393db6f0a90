import ApusRuntime
import Clients
import Foundation

func callJupyter(at url: String, _ call: Calls) async {
    let jupyter = Jupyter.Client(server: .init(url: url), authorization: .token("token secret"))
    var checkpoint: String?
    var kernel: UUID?

    await call("version") {
        let version = try await jupyter.getAPI()
        try expect(version.version?.hasPrefix("2.") == true, version)
    }
    await call("status, me") {
        let status = try await jupyter.getAPIStatus()
        try expect(status.started != nil, status)
        let me = try await jupyter.getAPIMe(permissions: nil)
        try expect(me.identity?.username != nil, me)
    }
    await call("the root folder") {
        let root = try await jupyter.getAPIContentsByPath(path: "")
        try expect(root.type == .directory && root.content == [], root)
    }
    await call("put a file") {
        let file = try await jupyter.putAPIContentsByPath(
            path: "notes.txt", .init(path: nil, type: "file", format: "text", content: "Tea é\n"))
        try expect(file.name == "notes.txt" && file.content == .null, file)
    }
    await call("get a file") {
        let file = try await jupyter.getAPIContentsByPath(path: "notes.txt", type: .file, format: .text, content: 1)
        try expect(file.content == "Tea é\n" && file.mimetype == "text/plain", file)
    }
    await call("get without content") {
        let file = try await jupyter.getAPIContentsByPath(path: "notes.txt", content: 0)
        try expect(file.content == .null && file.size == 7, file)
    }
    await call("put and get a notebook") {
        let cells: JSONValue = ["cells": [], "metadata": [:], "nbformat": 4, "nbformat_minor": 5]
        _ = try await jupyter.putAPIContentsByPath(path: "one.ipynb", .init(type: "notebook", content: cells))
        let book = try await jupyter.getAPIContentsByPath(path: "one.ipynb")
        try expect(book.type == .notebook && book.format == "json" && book.content == cells, book)
    }
    await call("copy, rename, delete") {
        let copy = try await jupyter.postAPIContentsByPath(path: "", .init(copyFrom: "notes.txt"))
        try expect(copy.name == "notes-Copy1.txt", copy)
        let renamed = try await jupyter.patchAPIContentsByPath(path: copy.path, .init(path: "other.txt"))
        try expect(renamed.name == "other.txt", renamed)
        try await jupyter.deleteAPIContentsByPath(path: "other.txt")
    }
    await call("a file in a folder") {
        _ = try await jupyter.putAPIContentsByPath(path: "deep", .init(type: "directory"))
        _ = try await jupyter.putAPIContentsByPath(path: "deep/er.txt", .init(type: "file", format: "text", content: "x"))
        let folder = try await jupyter.getAPIContentsByPath(path: "deep")
        try expect(folder.content != .null, folder)
    }
    await call("checkpoints") {
        let made = try await jupyter.postAPIContentsByPathCheckpoints(path: "notes.txt")
        checkpoint = made.id
        let all = try await jupyter.getAPIContentsByPathCheckpoints(path: "notes.txt")
        try expect(all.map(\.id) == [made.id], all)
        try await jupyter.postAPIContentsByPathCheckpointsByCheckpointID(path: "notes.txt", checkpointID: made.id)
        try await jupyter.deleteAPIContentsByPathCheckpointsByCheckpointID(path: "notes.txt", checkpointID: checkpoint ?? "")
    }
    await call("kernelspecs") {
        let specs = try await jupyter.getAPIKernelspecs()
        try expect(specs.kernelspecs?["python3"]?.name == "python3", specs)
    }
    await call("start, list, get and stop a kernel") {
        let started = try await jupyter.postAPIKernels(.init(name: "python3"))
        kernel = started.id
        let all = try await jupyter.getAPIKernels()
        try expect(all.map(\.id) == [started.id], all)
        let one = try await jupyter.getAPIKernelsByKernelID(kernelID: started.id ?? UUID())
        try expect(one.name == "python3", one)
        try await jupyter.postAPIKernelsByKernelIDInterrupt(kernelID: started.id ?? UUID())
        try await jupyter.deleteAPIKernelsByKernelID(kernelID: kernel ?? UUID())
    }
    await call("sessions") {
        let made = try await jupyter.postAPISessions(
            .init(path: "one.ipynb", name: "one", type: "notebook", kernel: .init(name: "python3")))
        let all = try await jupyter.getAPISessions()
        try expect(all.map(\.id) == [made.id], all)
        let changed = try await jupyter.patchAPISessionsBySession(session: made.id ?? UUID(), .init(name: "two"))
        try expect(changed.name == "two", changed)
        try await jupyter.deleteAPISessionsBySession(session: made.id ?? UUID())
    }
    await call("configuration") {
        _ = try await jupyter.patchAPIConfigBySectionName(sectionName: "notebook", ["Cell": ["width": 80]])
        let section = try await jupyter.getAPIConfigBySectionName(sectionName: "notebook")
        try expect(section == ["Cell": ["width": 80]], section)
    }
    await call("spec.yaml") {
        let text = try await jupyter.getAPISpecYAML()
        try expect(text.hasPrefix("swagger:"), text.prefix(80))
    }
    await call("error: a file that is not there") {
        try await expectFailure({ $0.status?.code == 404 }) { () async throws(APIError<Jupyter.Client.GetAPIContentsByPath.BadRequestError?>) in
            try await jupyter.getAPIContentsByPath(path: "none.txt")
        }
    }
}
