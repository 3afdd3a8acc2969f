package meili_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"samhold/internal/search/meili"
)

// keys is the part of a server that makes keys, as its documentation has it.
type keys struct {
	master string
	made   map[string]any
}

func (k *keys) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := func(status int, body any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
	refuse := func(status int, code string) {
		answer(status, map[string]string{"message": "no", "code": code, "type": "invalid_request", "link": ""})
	}
	switch {
	case r.Header.Get("Authorization") != "Bearer "+k.master:
		refuse(http.StatusForbidden, "invalid_api_key")
	case r.Method == http.MethodPost && r.URL.Path == "/keys" && k.made != nil:
		refuse(http.StatusConflict, "api_key_already_exists")
	case r.Method == http.MethodPost && r.URL.Path == "/keys":
		if err := json.NewDecoder(r.Body).Decode(&k.made); err != nil || k.made["expiresAt"] != nil {
			refuse(http.StatusBadRequest, "bad_request")
			return
		}
		mac := hmac.New(sha256.New, []byte(k.master))
		mac.Write([]byte(k.made["uid"].(string)))
		k.made["key"] = hex.EncodeToString(mac.Sum(nil))
		answer(http.StatusCreated, k.made)
	case r.Method == http.MethodGet && r.URL.Path == "/keys/"+meili.KeyID:
		answer(http.StatusOK, k.made)
	default:
		refuse(http.StatusNotFound, "not_found")
	}
}

func TestGrant(t *testing.T) {
	server := &keys{master: "a master key of a test"}
	at := httptest.NewServer(server)
	defer at.Close()
	options := meili.Options{URL: at.URL, Key: server.master}
	mac := hmac.New(sha256.New, []byte(server.master))
	mac.Write([]byte(meili.KeyID))
	want := hex.EncodeToString(mac.Sum(nil))
	for _, when := range []string{"the first time", "the second time"} {
		if got, err := meili.Grant(t.Context(), options); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", when, got, err, want)
		}
	}
	server.made["actions"] = []string{"*"}
	if got, err := meili.Grant(t.Context(), options); err == nil {
		t.Errorf("a key with other rights: %q", got)
	}
	options.Key = "another"
	if _, err := meili.Grant(t.Context(), options); !errors.Is(err, meili.ErrKey) {
		t.Errorf("with another master key: %v", err)
	}
}
