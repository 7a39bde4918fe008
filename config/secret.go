package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// hidden is all that a secret ever shows.
const hidden = "[secret]"

// Secret is a text that never prints: not by fmt with any verb, not in a log, not in JSON, YAML or XML.
type Secret struct{ text string }

// NewSecret hides a text.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal returns the text. It is called where the text is used, and nowhere else.
func (s Secret) Reveal() string { return s.text }

// String hides the text.
func (Secret) String() string { return hidden }

// Format hides the text from every verb and flag of fmt; String and GoString alone would leave %x and %d.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// LogValue hides the text from slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides the text from encoders of text: XML, flags, map keys.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// MarshalJSON hides the text from JSON.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalYAML hides the text from YAML.
func (Secret) MarshalYAML() (any, error) { return hidden, nil }

// makeSecret tells how a signing secret is made.
const makeSecret = `make one with "openssl rand -base64 32" and put whsec_ before what it prints`

// checkSigning says what is wrong with a signing secret, without showing it. The form is that of Standard Webhooks
// 1.0.0: whsec_ and the base64 of 24 to 64 bytes.
func checkSigning(text string) error {
	if strings.ContainsFunc(text, isBlank) {
		return errors.New("holds a blank or a line break; write it as one piece")
	}
	code, ok := strings.CutPrefix(text, "whsec_")
	if !ok {
		return errors.New("does not begin with whsec_; " + makeSecret)
	}
	key, err := base64.StdEncoding.DecodeString(code)
	if err != nil {
		return errors.New("has no proper base64 after whsec_; " + makeSecret)
	}
	if len(key) < 24 || len(key) > 64 {
		return fmt.Errorf("stands for %d bytes, needs 24 to 64; %s", len(key), makeSecret)
	}
	return nil
}
