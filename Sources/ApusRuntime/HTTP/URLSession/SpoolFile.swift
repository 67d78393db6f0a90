import Foundation

#if canImport(FoundationNetworking)
    /// Bytes in a file that nobody else can open and that goes away with this object.
    final class SpoolFile {
        private let handle: FileHandle
        private let path: String
        private var written: UInt64 = 0
        private var offset: UInt64 = 0

        /// - Throws: `URLError` with the code `cannotCreateFile`.
        init() throws {
            let directory = FileManager.default.temporaryDirectory
            #if os(Windows)
                path = directory.appendingPathComponent(UUID().uuidString).path
                guard FileManager.default.createFile(atPath: path, contents: nil),
                    let handle = FileHandle(forUpdatingAtPath: path)
                else { throw URLError(.cannotCreateFile) }
                self.handle = handle
            #else
                var template = Array(directory.appendingPathComponent("apus.XXXXXX").path.utf8CString)
                let descriptor = mkstemp(&template)
                guard descriptor >= 0 else { throw URLError(.cannotCreateFile) }
                handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
                path = ""
                unlink(template)
            #endif
        }

        deinit {
            #if os(Windows)
                try? handle.close()
                try? FileManager.default.removeItem(atPath: path)
            #endif
        }

        /// How many bytes have been written.
        var count: UInt64 { written }

        /// Whether all that was written has been read.
        var isRead: Bool { offset == written }

        /// - Throws: `URLError` with the code `cannotWriteToFile`.
        func append(_ data: Data) throws {
            do {
                try handle.seek(toOffset: written)
                try handle.write(contentsOf: data)
            } catch {
                throw URLError(.cannotWriteToFile)
            }
            written += UInt64(data.count)
        }

        /// - Returns: `nil` if all has been read.
        /// - Throws: `URLError` with the code `cannotOpenFile`.
        func read(upTo count: Int) throws -> Data? {
            guard !isRead else { return nil }
            do {
                try handle.seek(toOffset: offset)
                guard let data = try handle.read(upToCount: count), !data.isEmpty else { throw URLError(.cannotOpenFile) }
                offset += UInt64(data.count)
                return data
            } catch {
                throw URLError(.cannotOpenFile)
            }
        }

        /// Goes back to the first byte.
        func rewind() {
            offset = 0
        }
    }
#endif
