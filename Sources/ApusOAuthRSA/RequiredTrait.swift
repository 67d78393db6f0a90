#if !OAuth
    #error("ApusOAuthRSA needs the package trait OAuth of Apus: traits: [.defaults, …] in Package.swift, or --traits default,… for swift build.")
#endif
