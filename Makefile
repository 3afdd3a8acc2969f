# Everything that is done to Samhold, by hand and on the build server alike. "make" lists it.

# Samhold needs no C compiler: its SQLite is Go. Only the race detector does.
export CGO_ENABLED := 0

lint     := go tool -modfile=tools/go.mod golangci-lint
pgserver := .cache/pgserver

# Where goroutines meet: the race detector costs a second build of everything, so it runs where it can find something.
racing := ./internal/account/... ./internal/crisis/... ./internal/job/... ./internal/moderation/... \
	./internal/search ./internal/store/...

.PHONY: help setup format lint build test unit race check bench triage simulate screenshots demo

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

setup: ## install what is missing on Debian
	@scripts/setup

format: ## mend the format of the Go code
	$(lint) fmt

lint: ## check the format, vet and lint
	$(lint) fmt --diff
	$(lint) run

build:
	go build ./...

$(pgserver): FORCE
	@go build -o $@ ./internal/testkit/pgserver
FORCE:

test: setup lint build unit race ## install what is missing and check everything

unit: $(pgserver)
	$(pgserver) go test -timeout 20m ./...

race: $(pgserver)
	CGO_ENABLED=1 $(pgserver) go test -race -timeout 20m $(racing)

check: lint ## the quick part: format, vet, lint, and what needs neither PostgreSQL nor Chromium
	go test -short -skip '.*/postgres|.*/.*/postgres' ./...

bench: $(pgserver) ## measure
	$(pgserver) go test -run '^$$' -bench . -benchmem -timeout 1h ./...
	go test -tags bench -count 1 -v -run TestBench -timeout 30m ./internal/bench

triage: ## how well texts are told apart
	go test -count 1 -v -run "^Test(Fitted|PutAside|CrossValidation|Pairs|NoiseKeepsTheSide|Speed)$$" ./internal/triage

simulate: $(pgserver) ## let 20,000 people fall into crises while everything fails, and kill 200 processes that care for others
	$(pgserver) go test -count 1 -v -timeout 5h -run "^Test(Simulation|Killed)$$" ./internal/simulate -cases 20000 -kills 200

screenshots: ## take docs/screenshots again
	SAMHOLD_SCREENSHOTS=1 go test -count 1 -run '^TestScreenshots$$' ./internal/browser

demo: ## a ready community with invented people
	go run ./cmd/samhold demo
