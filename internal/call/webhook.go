package call

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"samhold/internal/fault"
)

// Hook sends to whoever sends text messages or rings pagers, as a webhook signed after Standard Webhooks
// (https://www.standardwebhooks.com): its headers are webhook-id, which is the call's key, webhook-timestamp and
// webhook-signature, "v1," and the base64 of the HMAC-SHA256 of "id.timestamp.body".
type Hook struct {
	address string
	secret  []byte
	client  *http.Client
}

// Secret reads the secret of a webhook: whsec_ and base64, of 24 to 64 bytes.
func Secret(text string) ([]byte, error) {
	text, marked := strings.CutPrefix(text, "whsec_")
	secret, err := base64.StdEncoding.DecodeString(text)
	if !marked || err != nil || len(secret) < 24 || len(secret) > 64 {
		return nil, fmt.Errorf("wants whsec_ and 24 to 64 bytes in base64")
	}
	return secret, nil
}

// NewHook returns the gateway of SAMHOLD_CALL_WEBHOOK_URL, which config has checked. Private lets it stand on the
// operator's own network.
func NewHook(address *url.URL, secret []byte, private bool) *Hook {
	return &Hook{address: address.String(), secret: secret, client: outward(private)}
}

// called is the body. A number, how urgent it is, and a neutral text: nothing else is known here.
type called struct {
	Type      string     `json:"type"`
	Timestamp string     `json:"timestamp"`
	Data      calledData `json:"data"`
}

type calledData struct {
	To       string `json:"to"`
	Text     string `json:"text"`
	Priority int    `json:"priority,omitempty"` // 1 is the most urgent
}

// Send implements Gateway.
func (h *Hook) Send(ctx context.Context, address string, m Message) error {
	body, err := json.Marshal(called{
		Type: "message.send", Timestamp: m.At.UTC().Format(time.RFC3339),
		Data: calledData{To: address, Text: m.Short, Priority: m.Priority},
	})
	if err != nil {
		return fmt.Errorf("write the webhook: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address, bytes.NewReader(body))
	if err != nil {
		return fault.Wrap(fault.Invalid, "fault.unavailable", plain(err))
	}
	sent := strconv.FormatInt(m.At.Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "webhook")
	request.Header.Set("Webhook-Id", m.Key)
	request.Header.Set("Webhook-Timestamp", sent)
	request.Header.Set("Webhook-Signature", "v1,"+h.sign(m.Key, sent, body))
	status, err := ask(h.client, request)
	switch {
	case err != nil:
		return fault.Wrap(fault.Unavailable, "fault.unavailable", plain(err))
	case status/100 == 2:
		return nil
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests, status >= 500:
		return fault.Wrap(fault.Unavailable, "fault.unavailable", answered(status))
	}
	return fault.Wrap(fault.Invalid, "fault.unavailable", answered(status))
}

// ErrHTTP is what Answers returns of a gateway that takes requests, but without TLS.
var ErrHTTP = errors.New("answers, without TLS")

// Answers reports whether somebody takes requests where the gateway is said to stand, over TLS whose certificate is
// valid. Nothing is sent there, and the error names no address.
func (h *Hook) Answers(ctx context.Context) error {
	u, err := url.Parse(h.address)
	if err != nil {
		return plain(err)
	}
	port := u.Port()
	if port == "" {
		port = u.Scheme
	}
	transport, ok := h.client.Transport.(*http.Transport)
	if !ok {
		return errors.New("it cannot be asked")
	}
	bounded, cancel := context.WithTimeout(ctx, sendTakes)
	defer cancel()
	conn, err := transport.DialContext(bounded, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		if _, ok := errors.AsType[*net.DNSError](err); ok {
			return errors.New("its name leads nowhere")
		}
		if errors.Is(err, errInside) {
			return errInside
		}
		return errors.New("nobody answers there")
	}
	defer conn.Close()
	if u.Scheme != "https" {
		return ErrHTTP
	}
	var trusted *x509.CertPool
	if transport.TLSClientConfig != nil {
		trusted = transport.TLSClientConfig.RootCAs
	}
	safe := tls.Client(conn, &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12, RootCAs: trusted})
	if err := safe.HandshakeContext(bounded); err != nil {
		return errors.New("it does not speak TLS, or its certificate is not valid")
	}
	return nil
}

func (h *Hook) sign(id, sent string, body []byte) string {
	mac := hmac.New(sha256.New, h.secret)
	_, _ = fmt.Fprintf(mac, "%s.%s.", id, sent) // a hash never fails
	mac.Write(body)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// ask sends a request and returns the status of the answer, whose body nobody needs.
func ask(client *http.Client, request *http.Request) (status int, err error) {
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 4<<10) // so that the connection can be used again
	return response.StatusCode, nil
}
