@main
struct RequestBenchmark {
    static func main() {}
}
