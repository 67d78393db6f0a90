/// The clients of the servers, generated from their descriptions.
