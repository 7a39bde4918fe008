package alert

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/storywatch/storywatch/config"
)

// alphabets are what random texts are made of: scripts of one to four bytes a letter, both directions, and what trips
// programs that take a byte for a character.
var alphabets = []string{
	"abcXYZ 0189", "äöüßéñÅ", "ابتثجحخ٠١٢،؟", "بَِّْـُ", "שלוםעברית", "жизньЁ", "汉字仮名交じり", "한국어", "हिन्दी", "ไทย",
	"🧭👩‍👩‍👧🇶🇦", "𝔘𝔫𝔦", "\u0000\u0001\u001f\u007f\u0080", "\u2028\u2029\ufeff\ufffd\uffff", "\u202a\u202b\u200f\u200e\u061c", "\"\\/<>&\n\r\t",
	"\xff\xc0\x80\xed\xa0\x80\xf5", "e\u0301\u0327",
}

func randomText(r *rand.Rand, bytes int) string {
	var b strings.Builder
	for b.Len() < bytes {
		alphabet := alphabets[r.IntN(len(alphabets))]
		letters := []rune(alphabet)
		for range 1 + r.IntN(20) {
			if alphabet[0] == 0xff {
				b.WriteByte(alphabet[r.IntN(len(alphabet))])
			} else {
				b.WriteRune(letters[r.IntN(len(letters))])
			}
		}
	}
	return b.String()[:bytes]
}

func TestAThousandRandomBodiesVerifyAndNoChangedBitDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	now := time.Now()
	for i := range 1000 {
		key := make([]byte, 24+r.IntN(41))
		for j := range key {
			key[j] = byte(r.Uint32())
		}
		secret := "whsec_" + base64.StdEncoding.EncodeToString(key)
		size := r.IntN(20<<10 + 1)
		if i < 64 {
			size = i
		}
		body := []byte(randomText(r, size))
		id := fmt.Sprintf("dl_%d", i)
		header, err := Sign([]config.Secret{config.NewSecret(secret)}, id, now, body)
		if err != nil {
			t.Fatal(err)
		}
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		if err := verifier.Verify(body, header); err != nil {
			t.Fatalf("body %d of %d bytes: %v", i, size, err)
		}
		for _, bit := range someBits(r, len(body)*8) {
			body[bit/8] ^= 1 << (bit % 8)
			if verifier.Verify(body, header) == nil {
				t.Fatalf("body %d verifies with bit %d changed", i, bit)
			}
			body[bit/8] ^= 1 << (bit % 8)
		}
	}
}

// someBits picks the first, the last and a few bits between.
func someBits(r *rand.Rand, n int) []int {
	if n == 0 {
		return nil
	}
	return []int{0, n - 1, r.IntN(n), r.IntN(n), r.IntN(n)}
}

func TestIdAndTimeAreSignedToo(t *testing.T) {
	now := time.Now()
	verifier, err := standardwebhooks.NewWebhook(testSecret)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(http.Header){
		"another id":   func(h http.Header) { h.Set("webhook-id", "dl_2") },
		"another time": func(h http.Header) { h.Set("webhook-timestamp", fmt.Sprint(now.Unix()+1)) },
		"no id":        func(h http.Header) { h.Del("webhook-id") },
	} {
		header, err := Sign([]config.Secret{config.NewSecret(testSecret)}, "dl_1", now, []byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		if err := verifier.Verify([]byte("{}"), header); err != nil {
			t.Fatal(err)
		}
		change(header)
		if verifier.Verify([]byte("{}"), header) == nil {
			t.Errorf("%s verifies", name)
		}
	}
}

func TestWhileSecretsChangeBothVerify(t *testing.T) {
	secrets := []string{testSecret, "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("n", 24)))}
	stranger := "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("s", 24)))
	header, err := Sign([]config.Secret{config.NewSecret(secrets[0]), config.NewSecret(secrets[1])}, "dl_1", time.Now(), []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range append(secrets, stranger) {
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		if err := verifier.Verify([]byte("{}"), header); (err == nil) == (secret == stranger) {
			t.Errorf("a receiver with secret %d letters long: %v", len(secret), err)
		}
	}
}

func TestWithoutASecretThereIsNoSignature(t *testing.T) {
	header, err := Sign(nil, "dl_1", seen, []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	if _, signed := header["Webhook-Signature"]; signed {
		t.Error("signed without a secret")
	}
	if header.Get("webhook-id") != "dl_1" || header.Get("webhook-timestamp") != "1709543550" {
		t.Errorf("headers = %v", header)
	}
	if got := header.Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("content type = %q", got)
	}
}

func TestASecretThatIsNoneIsRefusedWithoutBeingQuoted(t *testing.T) {
	for _, secret := range []string{"", "whsec_", "whsec_CANARY not base64"} {
		_, err := Sign([]config.Secret{config.NewSecret(testSecret), config.NewSecret(secret)}, "dl_1", seen, nil)
		if err == nil || !strings.HasPrefix(err.Error(), "sign: secret 2 of 2: ") || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("secret %q: error = %v", secret, err)
		}
	}
}
