package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// proxies are the networks whose X-Forwarded-For is believed.
type proxies []netip.Prefix

// newProxies reads addresses and networks; the configuration has seen to it that they are some.
func newProxies(trusted []string) proxies {
	var p proxies
	for _, text := range trusted {
		if network, err := netip.ParsePrefix(text); err == nil {
			p = append(p, network.Masked())
		} else if address, err := netip.ParseAddr(text); err == nil {
			p = append(p, netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()))
		}
	}
	return p
}

func (p proxies) trusts(a netip.Addr) bool {
	for _, network := range p {
		if network.Contains(a) {
			return true
		}
	}
	return false
}

// client is the address that the request comes from. Each proxy adds whom it heard from at the right end of
// X-Forwarded-For, so the first from there that is no proxy of ours is the client, and what stands before it is a
// claim. Of IPv6, one household has 64 bits, which count as one.
func (p proxies) client(c *fiber.Ctx) string {
	from, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	from = from.Unmap()
	if p.trusts(from) {
		var claims []string
		for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
			claims = append(claims, strings.Split(string(line), ",")...)
		}
		for i := len(claims) - 1; i >= 0 && p.trusts(from); i-- {
			next, err := netip.ParseAddr(strings.TrimSpace(claims[i]))
			if err != nil {
				break
			}
			from = next.Unmap().WithZone("")
		}
	}
	if from.Is6() {
		return netip.PrefixFrom(from, 64).Masked().String()
	}
	return from.String()
}

// Headers of the question of "samhold doctor" and of its answer.
const (
	probeHeader  = "X-Samhold-Probe"
	answerHeader = "X-Samhold-Sees"
)

// Probe is the header that asks the serving process how the request looks from there, valid for a minute or two. The
// answer names the asker's own address, so nobody learns another's.
func Probe(key [32]byte, at time.Time) (name, value string) {
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(strconv.FormatInt(at.Unix()/60, 10)))
	return probeHeader, hex.EncodeToString(mac.Sum(nil))
}

// Sight is how a request looked to the serving process.
type Sight struct {
	Answered bool   // the process knows the probe: it has the same secret
	Client   string // the address that it takes for the client's
	Proxied  bool   // the request came from a trusted proxy
	Secure   bool   // the proxy says that the browser spoke TLS
}

// Sees reads the answer to a probe.
func Sees(header func(name string) string) Sight {
	fields := strings.Fields(header(answerHeader))
	if len(fields) != 3 {
		return Sight{}
	}
	return Sight{Answered: true, Client: fields[0], Proxied: fields[1] == "proxied", Secure: fields[2] == "https"}
}

func (s *Server) answerProbe(c *fiber.Ctx) {
	asked := c.Get(probeHeader)
	if asked == "" {
		return
	}
	now := s.Clock.Now()
	for _, at := range []time.Time{now, now.Add(-time.Minute), now.Add(time.Minute)} {
		if _, want := Probe(s.ProbeKey, at); hmac.Equal([]byte(asked), []byte(want)) {
			from, _ := netip.AddrFromSlice(c.Context().RemoteIP())
			way, proto := "direct", "http"
			if s.proxies.trusts(from.Unmap()) {
				way = "proxied"
			}
			if c.Get(fiber.HeaderXForwardedProto) == "https" {
				proto = "https"
			}
			c.Set(answerHeader, s.proxies.client(c)+" "+way+" "+proto)
			return
		}
	}
}
