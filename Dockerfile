# The binary alone: no shell, no package manager, nothing to keep up to date but Samhold itself.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags='-s -w' -o /out/samhold ./cmd/samhold
# Volumes take over the owner of the folders that they cover.
RUN mkdir -p /out/data /out/audit

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/samhold /samhold
COPY --from=build --chown=65532:65532 /out/data /var/lib/samhold
COPY --from=build --chown=65532:65532 /out/audit /var/lib/samhold-audit
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/samhold"]
CMD ["serve", "--migrate"]
