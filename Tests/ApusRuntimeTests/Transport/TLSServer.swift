#if AsyncHTTPClient
    import ApusTesting
    import Foundation
    import NIOCore
    import NIOHTTP1
    import NIOHTTP2
    import NIOPosix
    import NIOSSL

    /// An authority, and what it has certified: this machine, and a client. Made once, by
    /// openssl.
    struct Certificates: Sendable {
        let folder: URL

        static let shared: Result<Certificates, any Error> = Result { try Certificates() }

        private init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let script = """
                set -e
                cd '\(folder.path)'
                key() { openssl ecparam -name prime256v1 -genkey -noout -out $1.key; }
                for authority in ca other; do
                  key $authority
                  openssl req -x509 -new -key $authority.key -subj /CN=$authority -days 2 -out $authority.pem
                done
                for name in server client elsewhere; do
                  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' > names
                  if [ $name = elsewhere ]; then printf 'subjectAltName=DNS:elsewhere.example' > names; fi
                  key $name
                  openssl req -new -key $name.key -subj /CN=$name -out $name.csr
                  openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out $name.pem
                done
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", script]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw LoopbackError(code: process.terminationStatus) }
        }

        func certificates(_ name: String) throws -> [NIOSSLCertificate] {
            try NIOSSLCertificate.fromPEMFile(folder.appendingPathComponent("\(name).pem").path)
        }

        func key(_ name: String) throws -> NIOSSLPrivateKey {
            try NIOSSLPrivateKey(file: folder.appendingPathComponent("\(name).key").path, format: .pem)
        }
    }

    /// A server with TLS on 127.0.0.1 that answers with the version of HTTP, the method
    /// and how long the body was.
    final class TLSServer: Sendable {
        private let channel: any Channel

        /// - Parameters:
        ///   - name: The certificate that it shows.
        ///   - protocols: What it speaks.
        ///   - wantsCertificate: Whether a client has to show one.
        ///   - reset: With what each stream of HTTP/2 is reset, where it is not answered.
        init(
            _ certificates: Certificates, name: String = "server", protocols: [String] = ["h2", "http/1.1"], wantsCertificate: Bool = false,
            reset: HTTP2ErrorCode? = nil
        ) async throws {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try certificates.certificates(name).map { .certificate($0) },
                privateKey: .privateKey(try certificates.key(name)))
            configuration.applicationProtocols = protocols
            if wantsCertificate {
                configuration.certificateVerification = .noHostnameVerification
                configuration.trustRoots = .certificates(try certificates.certificates("ca"))
            }
            let context = try NIOSSLContext(configuration: configuration)
            channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }.flatMap {
                        if let reset {
                            return channel.configureHTTP2Pipeline(mode: .server) { stream in
                                stream.eventLoop.makeCompletedFuture { try stream.pipeline.syncOperations.addHandler(Resetting(with: reset)) }
                            }.map { _ in }
                        }
                        return channel.configureCommonHTTPServerPipeline { stream in
                            stream.eventLoop.makeCompletedFuture {
                                try stream.pipeline.syncOperations.addHandler(Answering())
                            }
                        }
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
        }

        deinit {
            channel.close(promise: nil)
        }

        var port: Int { channel.localAddress?.port ?? 0 }

        private final class Resetting: ChannelInboundHandler {
            typealias InboundIn = HTTP2Frame.FramePayload
            typealias OutboundOut = HTTP2Frame.FramePayload

            private let code: HTTP2ErrorCode

            init(with code: HTTP2ErrorCode) {
                self.code = code
            }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                guard case .headers = unwrapInboundIn(data) else { return }
                context.writeAndFlush(wrapOutboundOut(.rstStream(code)), promise: nil)
            }
        }

        private final class Answering: ChannelInboundHandler {
            typealias InboundIn = HTTPServerRequestPart
            typealias OutboundOut = HTTPServerResponsePart

            private var head: HTTPRequestHead?
            private var count = 0

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                switch unwrapInboundIn(data) {
                case .head(let head): self.head = head
                case .body(let bytes): count += bytes.readableBytes
                case .end:
                    // A stream of HTTP/2 has a connection around it.
                    let isHTTP2 = context.channel.parent?.parent != nil
                    let text = "\(isHTTP2 ? "h2" : "http/1.1") \(head?.method.rawValue ?? "") \(count)"
                    let fields = HTTPHeaders([("content-length", "\(text.utf8.count)")])
                    context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: .ok, headers: fields))), promise: nil)
                    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
                    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                    count = 0
                }
            }
        }
    }
#endif
