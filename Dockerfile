# The binary alone: no shell, no package manager, nothing to keep up to date but Samhold itself.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=""
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w -X main.version=$VERSION" -o /out/samhold ./cmd/samhold
# Volumes take over the owner of the folders that they cover.
RUN mkdir -p /out/data /out/audit /out/backup /out/empty && chmod 0700 /out/data /out/audit /out/backup /out/empty

# The search server, as nobody.
FROM getmeili/meilisearch:v1.50.0 AS search
COPY --from=build --chown=65532:65532 /out/empty /meili_data
USER 65532:65532

# The proxy, as nobody and with its settings in it.
FROM caddy:2.10-alpine AS proxy
COPY deploy/Caddyfile deploy/down.html /etc/caddy/
COPY --from=build --chown=65532:65532 /out/empty /data
USER 65532:65532

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/samhold /samhold
COPY --from=build --chown=65532:65532 /out/data /var/lib/samhold
COPY --from=build --chown=65532:65532 /out/audit /var/lib/samhold-audit
COPY --from=build --chown=65532:65532 /out/backup /var/lib/samhold-backup
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/samhold"]
CMD ["serve", "--migrate"]
