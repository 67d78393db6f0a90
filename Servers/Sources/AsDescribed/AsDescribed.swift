/// The clients of servers whose descriptions are wrong, generated from these as they are.
