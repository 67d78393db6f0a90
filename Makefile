# The two commands of the README, and what the maintainers need besides.
SWIFT ?= swift

.PHONY: demo test docs apple-check thread-sanitizer address-sanitizer examples goldens corpus growth mutate fuzz bench integration traits gigabyte soak testing-patterns semantics servers bundle

## Start the reference server and run the generated client against it.
demo: needs
	@$(SWIFT) run --package-path Examples/Quickstart Quickstart

## All tests: of the tool, the runtime and the OAuth library, of its branches for Apple
## platforms against stubs, of release builds, of the plugin in a package of its own, and
## of the generated client against a real server; the tests of Examples/TestingPatterns. What keeps all processors busy runs by
## itself: other tests wait for servers and processes.
test: needs
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	@Scripts/apple-check
	@Scripts/release-check
	@if command -v python3 >/dev/null 2>&1; then Scripts/docs --built; fi
	$(SWIFT) test --skip-build --skip GrowthTests --skip ToolTests --skip ApusRuntimeTests --skip ApusOAuth --skip ApusTestingTests
	$(SWIFT) test --skip-build --filter ApusRuntimeTests
	$(SWIFT) test --skip-build --filter ApusOAuth --filter ApusTestingTests
	$(SWIFT) test --skip-build --filter GrowthTests
	$(SWIFT) test --skip-build --filter ToolTests
	@if command -v python3 >/dev/null 2>&1; then Scripts/semantics --count 60 --or-skip && Scripts/semantics --examples Specs --or-skip; \
	else echo "Skipped: values of random schemas are checked by a validator in Python, and there is no python3."; fi
	$(SWIFT) test --package-path Examples/Quickstart
	$(SWIFT) test --package-path Examples/TestingPatterns

## The tests of Examples/TestingPatterns: how code that calls an API is tested.
testing-patterns: needs
	$(SWIFT) test --package-path Examples/TestingPatterns

## The documentation as static HTML, in .build-docs/site. A warning is an error, and so
## is a public symbol without a doc comment.
docs: needs
	@Scripts/docs

## Type-check the OAuth library's branches for Apple platforms, on Linux, against
## stubs of Apple's modules.
apple-check: needs
	@Scripts/apple-check

## The tests of the runtime and of the OAuth library under the thread sanitizer, over
## both transports. Few at once: the sanitizer makes them so slow that servers of theirs
## would seem to be silent.
thread-sanitizer: needs
	$(SWIFT) build --build-tests --sanitize=thread --traits default,AsyncHTTPClient,Observability --scratch-path .build-thread
	$(SWIFT) test --skip-build --sanitize=thread --traits default,AsyncHTTPClient,Observability --scratch-path .build-thread --experimental-maximum-parallelization-width 2 --filter ApusRuntimeTests
	$(SWIFT) test --skip-build --sanitize=thread --traits default,AsyncHTTPClient,Observability --scratch-path .build-thread --experimental-maximum-parallelization-width 2 --filter ApusOAuth

## The same under the address sanitizer. Leaks are not looked for: Foundation keeps what
## it has made once.
address-sanitizer: needs
	$(SWIFT) build --build-tests --sanitize=address --traits default,AsyncHTTPClient,Observability --scratch-path .build-address
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --skip-build --sanitize=address --traits default,AsyncHTTPClient,Observability --scratch-path .build-address --experimental-maximum-parallelization-width 2 --filter ApusRuntimeTests
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --skip-build --sanitize=address --traits default,AsyncHTTPClient,Observability --scratch-path .build-address --experimental-maximum-parallelization-width 2 --filter ApusOAuth

## The tests of the examples: the token stores on SQLite and PostgreSQL, with several
## processes. They need Debian's libsqlite3-dev, postgresql and libpq-dev.
examples: needs
	$(SWIFT) test --package-path Examples/SQLiteTokens
	Examples/PostgresTokens/run-tests

## The tests of the runtime over both transports and with spans, metrics and logs, and
## what a package resolves and builds that uses neither trait.
traits: needs
	@Scripts/check-traits
	$(SWIFT) test --traits default,AsyncHTTPClient,Observability --scratch-path .build-traits --filter ApusRuntimeTests

## 200 callers at once for 10 minutes on each transport, and a server that fails at
## random. The same SEED makes the same faults.
soak: needs
	APUS_SOAK_SECONDS=$(or $(SECONDS),600) APUS_SOAK_CALLERS=200 APUS_SOAK_SEED=$(or $(SEED),7) $(SWIFT) test --traits default,AsyncHTTPClient,Observability --scratch-path .build-traits --filter SoakTests
	@Integration/run --soak $(or $(SECONDS),60)

## 1 GB in files both ways over both transports, in bounded memory.
gigabyte: needs
	APUS_FILE_BYTES=1000000000 $(SWIFT) test --traits default,AsyncHTTPClient --scratch-path .build-traits --filter TransferTests

## Build the tool for this machine into the artifact bundle of the prebuilt plugin
## (Prebuilt), and check it: its bytes, a root without anything else, and a package.
bundle: needs
	@Scripts/bundle
	@Scripts/check-bundle

## Write the generated code that is checked in anew.
goldens: needs
	$(SWIFT) build --product apus
	Scripts/goldens "$$($(SWIFT) build --show-bin-path)/apus"

## Generate and type-check a client for every description in CORPUS.
corpus: needs
	@$(SWIFT) build
	@Scripts/check-corpus $(CORPUS)

## Let the descriptions in CORPUS grow at random, in ROUNDS rounds for each way
## to grow, and check that names stay. The same SEED makes the same rounds.
growth: needs
	@$(SWIFT) run -c release GrowthProgram $(CORPUS) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

## Damage the descriptions in CORPUS at random, COUNT times, and check that the
## tool gets over it. The same SEED makes the same faults.
mutate: needs
	@$(SWIFT) build
	@Scripts/mutate $(CORPUS) $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

## Fuzz what reads bytes that others make, MINUTES for each of TARGETS (json, streams,
## oauth, overlays, tool), with libFuzzer on Linux.
fuzz: needs
	@Scripts/fuzz $(if $(MINUTES),--minutes $(MINUTES)) $(TARGETS)

## Read and write values of COUNT random schemas with generated types: what a
## validator accepts has to come back as it was. The same SEED makes the same schemas.
## SUITE: a folder of the JSON-Schema-Test-Suite in their place. EXAMPLES: the examples
## of a folder of descriptions, with a table in PAGE.
semantics: needs
	@$(SWIFT) build --product apus
	@$(SWIFT) build --target ApusRuntime
	@Scripts/semantics $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) \
		$(if $(SUITE),--suite $(SUITE)) $(if $(EXAMPLES),--examples $(EXAMPLES)) $(if $(PAGE),--page $(PAGE))

## Measure everything that has a figure to reach, and write
## Benchmarks/RESULTS.md. CORPUS is a folder of real descriptions, PARTS what to
## measure where that is not everything.
bench: needs
	@Benchmarks/run $(if $(CORPUS),--corpus $(CORPUS)) $(PARTS)

## Run every sign-in flow against real authorization servers, which it installs
## and starts on this machine, and write Documentation/Maintaining/OAuthServers.md. Then test
## the token stores on SQLite and PostgreSQL, with several processes.
integration: needs
	@Integration/run
	@$(MAKE) examples

## Install and start real servers on this machine, call each with the client of its
## description, walk over the lists of some to their ends, and write
## Documentation/Maintaining/Servers.md. DESCRIPTIONS is a folder with those that the
## servers do not serve themselves.
servers: needs
	@Servers/run $(if $(DESCRIPTIONS),--descriptions $(DESCRIPTIONS))
	@Servers/pages

.PHONY: needs
needs:
	@Scripts/needs
