package call

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
)

// Trust lets a mailer believe the certificates of a test's server.
func (g *Mailer) Trust(pool *x509.CertPool) { g.safety.RootCAs = pool }

// Reach lets a mailer find another server than the one that is named.
func (g *Mailer) Reach(dial func(context.Context) (net.Conn, error)) {
	g.reach = func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) }
}

// Inside lets the vendor of a browser stand on this machine.
func (g *Pusher) Inside(client *http.Client) { g.client, g.inside = client, true }

// Public reports whether requests may go to an address.
func Public(address string) bool { return public(netip.MustParseAddr(address)) }

// Trust lets a hook believe a test's server.
func (h *Hook) Trust(certificate *x509.Certificate) {
	pool := x509.NewCertPool()
	pool.AddCert(certificate)
	h.client.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}
