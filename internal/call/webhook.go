package call

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
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
