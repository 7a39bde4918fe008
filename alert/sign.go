package alert

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/storywatch/storywatch/config"
)

var errEmptySecret = errors.New("is empty")

// Sign returns the headers of a delivery as Standard Webhooks 1.0.0 has them: id, time of this try, and one signature
// for each secret, so that a receiver can change its secret without a gap. Without secrets there is no signature.
func Sign(secrets []config.Secret, id string, at time.Time, body []byte) (http.Header, error) {
	var signatures []string
	for i, s := range secrets {
		signature, err := sign(s, id, at, body)
		if err != nil {
			return nil, fmt.Errorf("sign: secret %d of %d: %w", i+1, len(secrets), err)
		}
		signatures = append(signatures, signature)
	}
	h := http.Header{}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set(standardwebhooks.HeaderWebhookID, id)
	h.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	if len(signatures) > 0 {
		h.Set(standardwebhooks.HeaderWebhookSignature, strings.Join(signatures, " "))
	}
	return h, nil
}

func sign(secret config.Secret, id string, at time.Time, body []byte) (string, error) {
	text := secret.Reveal()
	if strings.TrimPrefix(text, "whsec_") == "" {
		return "", errEmptySecret // its signature would be one that anybody can make
	}
	key, err := standardwebhooks.NewWebhook(text)
	if err != nil {
		return "", err
	}
	return key.Sign(id, at, body)
}
