#if DEBUG && os(Linux)
    import ApusRuntime
    import ApusTesting
    import Testing
    import XCTest

    /// A test for XCTest. Its method has no name by which XCTest would find it.
    private final class CallsWhatNobodyStubbed: XCTestCase {
        private(set) var failures: [(text: String, file: String, line: Int)] = []
        static let line = #line + 1
        func call() async { _ = try? await Stub<PetstoreAPI.Client>().client.getPhoto(petID: 1) }

        override func recordFailure(withDescription description: String, inFile filePath: String, atLine lineNumber: Int, expected: Bool) {
            failures.append((description, filePath, lineNumber))
            super.recordFailure(withDescription: description, inFile: filePath, atLine: lineNumber, expected: expected)
        }
    }

    @Suite("XCTest is found without being linked")
    struct XCTestFailureTests {
        @Test("An operation that nobody stubbed fails the running test, at the line that called it")
        func unstubbed() throws {
            let test = CallsWhatNobodyStubbed(name: "call", testClosure: { test in
                try asyncTest(CallsWhatNobodyStubbed.call)(try XCTUnwrap(test as? CallsWhatNobodyStubbed))()
            })
            test.run()
            #expect(test.testRun?.hasSucceeded == false)
            #expect(test.failures.count == 1)
            #expect(test.failures.first?.text.contains("`get_photo` (GET /pets/{petId}/photo) was called and is not stubbed") == true)
            #expect(test.failures.first?.file == #filePath)
            #expect(test.failures.first?.line == CallsWhatNobodyStubbed.line)
        }
    }
#endif
