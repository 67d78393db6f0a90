#if !CommandLine
    #error("The command line of Apus needs its package trait CommandLine: traits: [.defaults, …] in Package.swift, or --traits default,… for swift build.")
#endif
