// swift-crypto has CryptoKit's interface.
@_exported import Crypto
