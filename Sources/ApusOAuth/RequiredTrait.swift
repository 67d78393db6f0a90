// Apple's systems have CryptoKit.
#if !canImport(CryptoKit) && !Crypto
    #error("ApusOAuth needs the package trait Crypto of Apus: traits: [.defaults, …] in Package.swift, or --traits default,… for swift build.")
#endif
