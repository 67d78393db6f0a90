#if !Crypto
    #error("ApusOAuthRSA needs the package trait Crypto of Apus: traits: [.defaults, …] in Package.swift, or --traits default,… for swift build.")
#endif
