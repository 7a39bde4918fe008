package alert_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/storywatch/storywatch/alert"
	"github.com/storywatch/storywatch/config"
)

// hook takes alerts. Its text is that of docs/webhooks.md.
func hook(verifier *standardwebhooks.Webhook, keep func(id string, body []byte) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 20<<10))
		if err != nil {
			http.Error(w, "cannot be read", http.StatusBadRequest)
			return
		}
		if err := verifier.Verify(body, r.Header); err != nil {
			http.Error(w, "not signed with our secret", http.StatusUnauthorized)
			return
		}
		if err := keep(r.Header.Get("webhook-id"), body); err != nil { // keep drops an id that it knows
			http.Error(w, "try again", http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// A receiver verifies what it gets, keeps what it does not know yet, and answers 2xx.
func ExampleSign() {
	const secret = "whsec_c3Rvcnl3YXRjaC10ZXN0cy1vbmx5LTMyLWJ5dGVzISE="
	verifier, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		fmt.Println(err)
		return
	}
	known := map[string]bool{}
	desk := hook(verifier, func(id string, body []byte) error {
		if !known[id] {
			known[id] = true
			fmt.Printf("%s: %s\n", id, body)
		}
		return nil
	})

	body := []byte(`{"type":"source.recovered"}`)
	header, err := alert.Sign([]config.Secret{config.NewSecret(secret)}, "dl_1", time.Now(), body)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, sent := range [][]byte{body, body, []byte(`{"type":"source.failing"}`)} {
		r := httptest.NewRequest(http.MethodPost, "/storywatch", bytes.NewReader(sent))
		r.Header = header
		w := httptest.NewRecorder()
		desk.ServeHTTP(w, r)
		fmt.Println(w.Code)
	}
	// Output:
	// dl_1: {"type":"source.recovered"}
	// 204
	// 204
	// 401
}
