fn main() -> std::process::ExitCode {
    aidledger::cli::run()
}
