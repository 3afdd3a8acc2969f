package web

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

func TestClientAddress(t *testing.T) {
	tests := []struct {
		name    string
		from    string
		trusted []string
		claims  []string
		want    string
	}{
		{"nobody is trusted", "203.0.113.7", nil, []string{"198.51.100.1"}, "203.0.113.7"},
		{"a stranger claims", "203.0.113.7", []string{"127.0.0.1"}, []string{"198.51.100.1"}, "203.0.113.7"},
		{"through the proxy", "127.0.0.1", []string{"127.0.0.1"}, []string{"198.51.100.1"}, "198.51.100.1"},
		{"a client claims to the proxy", "127.0.0.1", []string{"127.0.0.1"}, []string{"1.2.3.4, 198.51.100.1"}, "198.51.100.1"},
		{"in two headers", "127.0.0.1", []string{"127.0.0.1"}, []string{"1.2.3.4", "198.51.100.1"}, "198.51.100.1"},
		{"through two proxies", "10.0.0.2", []string{"10.0.0.0/8"}, []string{"1.2.3.4, 198.51.100.1, 10.0.0.1"}, "198.51.100.1"},
		{"the proxy says nothing", "127.0.0.1", []string{"127.0.0.1"}, nil, "127.0.0.1"},
		{"the proxy says rubbish", "127.0.0.1", []string{"127.0.0.1"}, []string{"1.2.3.4, unknown"}, "127.0.0.1"},
		{"a household", "127.0.0.1", []string{"127.0.0.1"}, []string{"2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"},
		{"IPv4 in IPv6", "::ffff:127.0.0.1", []string{"127.0.0.1"}, []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
	}
	app := fiber.New()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var raw fasthttp.RequestCtx
			raw.Init(&fasthttp.Request{}, &net.TCPAddr{IP: net.ParseIP(test.from)}, nil)
			for _, claim := range test.claims {
				raw.Request.Header.Add(fiber.HeaderXForwardedFor, claim)
			}
			c := app.AcquireCtx(&raw)
			defer app.ReleaseCtx(c)
			if got := newProxies(test.trusted).client(c); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
