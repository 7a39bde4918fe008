package alert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/storywatch/storywatch/story"
)

var (
	errTooLong   = errors.New("longer than 20 KiB")
	errNotObject = errors.New("data is not a JSON object")
)

// Body writes the bytes that are sent for a delivery: {"type", "timestamp", "data"}. The data are the alert's own bytes with
// the delivery's seq put in, so that every try, before and after a restart or an upgrade, sends the same. timestamp is when
// the alert was made, which no try changes.
func Body(d story.Delivery) ([]byte, error) {
	data := bytes.TrimSpace(d.Alert.Data)
	if len(data) < 2 || data[0] != '{' || !json.Valid(data) {
		return nil, fmt.Errorf("body of alert %s: %w", d.Alert.ID, errNotObject)
	}
	rest := bytes.TrimSpace(data[1:])
	comma := ","
	if rest[0] == '}' {
		comma = ""
	}
	kind, err := encode(d.Alert.Type)
	if err != nil {
		return nil, fmt.Errorf("body of alert %s: %w", d.Alert.ID, err)
	}
	body := fmt.Appendf(nil, `{"type":%s,"timestamp":%q,"data":{"seq":%d%s%s}`, kind, d.Alert.CreatedAt.UTC().Format(instantForm), d.Seq, comma, rest)
	if len(body) > maxBody {
		return nil, fmt.Errorf("body of alert %s: %w", d.Alert.ID, errTooLong)
	}
	return body, nil
}

// encode writes JSON with < > & as they are: this is no HTML, and addresses stay readable.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
