# What a person or a machine does with this tree. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The product is built and tested without cgo. Only the race detector needs it, for its own run.
export CGO_ENABLED := 0

GO     ?= go
OUT    ?= bin/storywatch
# Real pages and histories to measure with. They are not part of this repository; what needs them says so when they are absent.
SHARED ?= $(or $(STORYWATCH_SHARED),../shared)
CONFIG ?= storywatch.yml
TOOLS  := $(CURDIR)/.tools
LINT   := v2.15.0
# Pure and quick packages: what races there would be in our own code. SQLite translated to Go is too slow under the detector.
RACE   := ./text ./facts ./diff ./story ./config
FUZZ   ?= 60s

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: test
test: ## everything that must pass: vet, all tests on SQLite and on a PostgreSQL of its own, races
	@scripts/postgres $(MAKE) --no-print-directory vet units race

.PHONY: vet units race
vet:
	$(GO) vet ./...

units:
	$(GO) test ./...

race:
	@if command -v gcc >/dev/null; then \
		echo "$(GO) test -race $(RACE)"; \
		CGO_ENABLED=1 $(GO) test -race -short $(RACE); \
	else \
		echo "race detector: skipped, there is no gcc"; \
	fi

.PHONY: run
run: ## run the daemon from the tree (CONFIG=storywatch.yml)
	$(GO) run ./cmd/storywatch run --config $(CONFIG)

.PHONY: build
build: ## one static binary (OUT=bin/storywatch); the Dockerfile calls this too
	$(GO) build -trimpath -ldflags '-s -w' -o $(OUT) ./cmd/storywatch

.PHONY: lint
lint: ## gofmt, vet, and golangci-lint in the version pinned here
	@bad=$$(gofmt -l .); if [ -n "$$bad" ]; then echo "not gofmt-ed:"; echo "$$bad"; exit 1; fi
	$(GO) vet ./...
	@$(MAKE) --no-print-directory $(TOOLS)/golangci-lint-$(LINT) \
		|| { echo "golangci-lint $(LINT) is not to be had here; gofmt and vet are clean"; exit 1; }
	$(TOOLS)/golangci-lint-$(LINT) run ./...

$(TOOLS)/golangci-lint-$(LINT):
	@mkdir -p $(TOOLS)
	GOBIN=$(TOOLS) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT)
	@mv $(TOOLS)/golangci-lint $@

.PHONY: bench
bench: ## benchmarks of every package
	$(GO) test -run '^$$' -bench . -benchmem ./...

.PHONY: cover
cover: ## how much of the code the tests reach, on both engines
	@mkdir -p out
	@scripts/postgres $(GO) test -coverpkg=./... -coverprofile=out/cover.out ./...
	@$(GO) tool cover -func out/cover.out | tail -n 1

.PHONY: fuzz
fuzz: ## every fuzz target for a while (FUZZ=60s each)
	@scripts/fuzz $(FUZZ)

.PHONY: zones
zones: ## schedules in every zone over five years of clock changes
	$(GO) test -tags long -run OfEveryZone ./config

.PHONY: replay
replay: ## recorded histories through the real program as a black box, scored (ARGS=-all for every history)
	$(GO) run ./proof/replay -shared $(SHARED) $(ARGS)

.PHONY: kill
kill: ## end the real program hard a hundred times and count what was lost
	$(GO) run ./proof/kill $(ARGS)

.PHONY: saved
saved: ## ten minutes on saved real pages with a realistic configuration
	$(GO) run ./proof/saved -shared $(SHARED) $(ARGS)
