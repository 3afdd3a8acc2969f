package call

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
)

// outward is how a request leaves the house: to the address that is named and nowhere else. Nothing redirects it, no
// setting of the machine leads it by a proxy, and unless private is set it reaches no network that is not the open one:
// who names the address must not be able to speak to what stands beside Samhold.
func outward(private bool) *http.Client {
	dialer := &net.Dialer{}
	if !private {
		// The address is looked at when it is known, so that no name leads inside.
		dialer.ControlContext = func(_ context.Context, _, address string, _ syscall.RawConn) error {
			host, err := netip.ParseAddrPort(address)
			if err != nil || !public(host.Addr()) {
				return errInside
			}
			return nil
		}
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: sendTakes, MaxIdleConnsPerHost: 2, IdleConnTimeout: idle,
			MaxResponseHeaderBytes: 16 << 10, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

const idle = 3 * sendTakes

var errInside = errors.New("that address is not on the open network")

// special are networks that netip does not count as private, and that lead inside all the same, or to another address.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"),
}

// public reports whether an address is on the open network.
func public(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsGlobalUnicast() && !a.IsPrivate() && a.Zone() == "" &&
		!slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(a) })
}

// plain keeps addresses, which may be secrets, out of an error of a request.
func plain(err error) error {
	switch {
	case errors.Is(err, errInside):
		return errInside
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer in time")
	}
	return errors.New("the request did not arrive")
}

// answered says what the status of an answer means for a call.
func answered(status int) error {
	return fmt.Errorf("the answer was %s", strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status))))
}
