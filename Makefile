SWIFT ?= swift
export SWIFT
CONTAINER_TOOL ?= podman
export CONTAINER_TOOL
IMAGE ?= city-attribution

# One after another even with -j: SwiftPM allows one build at a time in a folder, and uses all cores itself.
.NOTPARALLEL:
.PHONY: help deps test-deps run serve test chaos bench fuzz nightly image image-test format clean

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

deps: ## Installs the Debian packages that are missing
	@scripts/deps

test-deps: ## Likewise, with those for the tests: a browser, PostgreSQL, Prometheus
	@scripts/deps test

run: deps ## Builds, and shows the whole pipeline over sample events
	@scripts/quietly "Building (the first time takes some minutes)" \
	    $(SWIFT) build -c release --product city-attribution
	@.build/release/city-attribution demo

serve: deps ## The same, and leaves the page open on http://127.0.0.1:9464/ (SERVE for another address)
	@scripts/quietly "Building (the first time takes some minutes)" \
	    $(SWIFT) build -c release --product city-attribution
	@.build/release/city-attribution demo --serve $(or $(SERVE),127.0.0.1:9464)

test: test-deps ## Format, style, build without warnings, tests, schemas, feeds, pages, documents, thread sanitizer
	@scripts/test

chaos: test-deps ## Makes faults, embedded or on TEST_KAFKA_BOOTSTRAP_SERVERS, and counts; CHAOS="--list" lists them
	@scripts/quietly "Building" $(SWIFT) build -c release --product housing-worker
	@scripts/quietly "" $(SWIFT) build -c release --product kpi-service
	@scripts/with-postgres scripts/chaos $(CHAOS)

bench: test-deps ## Measures workers beside bare librdkafka: embedded, or on TEST_KAFKA_BOOTSTRAP_SERVERS
	@scripts/quietly "Building" $(SWIFT) build -c release --product housing-worker
	@scripts/quietly "" $(SWIFT) build -c release --product city-attribution
	@scripts/quietly "" $(SWIFT) build -c release --product kpi-service
	@test -x .build/venv/bin/python || python3 -m venv .build/venv
	@test -z "$$TEST_KAFKA_BOOTSTRAP_SERVERS" || .build/venv/bin/python -c 'import confluent_kafka' 2>/dev/null || \
	    .build/venv/bin/pip install --quiet confluent-kafka
	@.build/venv/bin/python scripts/bench $(BENCH)
	@scripts/bench-store
	@scripts/bench-pages

fuzz: deps ## Fuzzes what takes input from outside, for FUZZ seconds (60) each; FUZZ="300 json http" for some
	@scripts/fuzz $(FUZZ)

nightly: test chaos fuzz ## All that there is: make test, make chaos, and make fuzz with a minute for each fuzzer

image: ## Builds the container image with podman, or CONTAINER_TOOL; IMAGE_OPTIONS go to its build
	@BUILDAH_FORMAT=docker $(CONTAINER_TOOL) build -f compose/Dockerfile -t $(IMAGE) \
	    --label org.opencontainers.image.version="$$(sed -n 's/.*static let version = "\(.*\)"/\1/p' Sources/Pipeline/Engine.swift)" \
	    --label org.opencontainers.image.revision="$$(git describe --always --dirty --abbrev=40 --exclude='*')" $(IMAGE_OPTIONS) .

image-test: ## Runs that image, and holds it to what is said of it
	@scripts/check-image $(IMAGE)

format: ## Formats the Swift sources in place
	@$(SWIFT) format --in-place --recursive Sources Tests Fuzz Package.swift

clean: ## Removes what was built
	@rm -rf .build
