package config

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// signing is a signing secret of the right form.
var signing = "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32)))

// A secret shows in no form of output, alone, in a struct, behind a pointer, in a list or as a key.
func TestSecretsNeverPrint(t *testing.T) {
	const canary = "CANARYhunter2"
	s := NewSecret(canary)
	r := Receiver{Name: "desk", URL: s, Secrets: []Secret{s}}
	values := map[string]any{"alone": s, "pointer": &s, "receiver": r, "receivers": []Receiver{r}, "key": map[Secret]int{s: 1}, "boxed": any(&r)}
	hex := fmt.Sprintf("%x", canary)
	for name, v := range values {
		var out []string
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%U", "%T %v", "%10.3v"} {
			out = append(out, strings.ReplaceAll(fmt.Sprintf(verb, v, v), "\n", " "))
		}
		out = append(out, fmt.Sprint(v), fmt.Errorf("look: %v", v).Error())
		for _, encode := range []func(any) ([]byte, error){json.Marshal, xml.Marshal, yaml.Marshal} {
			data, _ := encode(v) // not every value has every form
			out = append(out, string(data))
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("seen", "value", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("seen", "value", v)
		for _, text := range append(out, log.String()) {
			if strings.Contains(text, canary) || strings.Contains(strings.ToLower(text), hex) || strings.Contains(text, canary[:3]) {
				t.Errorf("%s shows as %s", name, text)
			}
		}
	}
	if s.Reveal() != canary || s.String() != "[secret]" {
		t.Error("the secret is lost")
	}
}

// A configuration that is printed or logged shows no database password either.
func TestConfigurationsPrintNothingOfTheirContent(t *testing.T) {
	cfg := Config{Path: "f.yml", Database: "postgres://u:hunter2@db/n"}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("loaded", "config", cfg, "pointer", &cfg)
	for _, text := range []string{fmt.Sprint(cfg), fmt.Sprintf("%+v", &cfg), fmt.Sprintf("%#v", cfg), log.String()} {
		if strings.Contains(text, "hunter2") || !strings.Contains(text, "f.yml (stories: 0, sources: 0, receivers: 0)") {
			t.Error(text)
		}
	}
}

func TestHostIsAllThatShowsOfAReceiver(t *testing.T) {
	for address, want := range map[string]string{
		"https://hooks.example:8443/in?token=x": "hooks.example:8443",
		"https://hooks.example/":                "hooks.example",
		"://":                                   "",
	} {
		if got := (Receiver{URL: NewSecret(address)}).Host(); got != want {
			t.Errorf("%s: %q", address, got)
		}
	}
}

// The length of a secret is judged at its edges.
func TestSigningSecretsHave24To64Bytes(t *testing.T) {
	for n, good := range map[int]bool{0: false, 23: false, 24: true, 25: true, 32: true, 64: true, 65: false} {
		text := "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, n))
		if err := checkSigning(text); (err == nil) != good {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// A secret that strayed into a key that messages do show is cut off there.
func TestAStrayedSecretIsCutOff(t *testing.T) {
	_, err := Parse("f.yml", []byte("sources:\n  - name: "+signing+"\n    url: https://a.example/\n    kind: "+signing+"\n"+signing+": x\n"), noEnv)
	if err == nil || strings.Contains(err.Error(), signing[6:]) {
		t.Error(err)
	}
}
