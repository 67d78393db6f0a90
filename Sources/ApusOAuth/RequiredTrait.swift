// Apple's systems have CryptoKit.
#if !canImport(CryptoKit) && !OAuth
    #error("ApusOAuth needs the package trait OAuth of Apus: traits: [.defaults, …] in Package.swift, or --traits default,… for swift build.")
#endif
