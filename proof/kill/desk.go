package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// desk is the receiver. It forgets nothing: it is never killed.
type desk struct {
	base   string
	key    []byte
	server *http.Server

	serving sync.WaitGroup

	mu     sync.Mutex
	draw   *rand.Rand
	times  map[string]int                 // deliveries by webhook-id
	bodies map[string]map[[32]byte]bool   // different bodies by webhook-id
	told   map[string]map[string]struct{} // webhook-ids by the tokens of their evidence
	forged int                            // deliveries whose signature does not hold
	total  int
}

func openDesk(seed uint64) (*desk, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d := &desk{
		base: "http://" + l.Addr().String(), key: []byte("the desk knows this key of 32 by"),
		draw:  rand.New(rand.NewPCG(seed, 3)),
		times: map[string]int{}, bodies: map[string]map[[32]byte]bool{}, told: map[string]map[string]struct{}{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /hook", d.take)
	d.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	d.serving.Go(func() { d.server.Serve(l) })
	return d, nil
}

func (d *desk) close() {
	d.server.Close()
	d.serving.Wait()
}

// secret is the key as the configuration writes it.
func (d *desk) secret() string { return "whsec_" + base64.StdEncoding.EncodeToString(d.key) }

// take keeps a delivery and answers a little late, so that some kills fall between the sending and the answer.
func (d *desk) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		http.Error(w, "cut", http.StatusBadRequest)
		return
	}
	late := d.keep(r.Header, body)
	select {
	case <-r.Context().Done():
	case <-time.After(late):
		w.WriteHeader(http.StatusNoContent)
	}
}

func (d *desk) keep(header http.Header, body []byte) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.total++
	id := header.Get("webhook-id")
	if !d.signed(header, body) {
		d.forged++
	}
	d.times[id]++
	if d.bodies[id] == nil {
		d.bodies[id] = map[[32]byte]bool{}
	}
	d.bodies[id][sha256.Sum256(body)] = true
	for _, t := range evidence(body) {
		if d.told[t] == nil {
			d.told[t] = map[string]struct{}{}
		}
		d.told[t][id] = struct{}{}
	}
	return time.Duration(d.draw.Int64N(int64(20 * time.Millisecond)))
}

// signed checks the signature as Standard Webhooks 1.0.0 says: HMAC-SHA256 of id, timestamp and body, joined by dots.
func (d *desk) signed(header http.Header, body []byte) bool {
	mac := hmac.New(sha256.New, d.key)
	fmt.Fprintf(mac, "%s.%s.%s", header.Get("webhook-id"), header.Get("webhook-timestamp"), body)
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, got := range strings.Fields(header.Get("webhook-signature")) {
		if hmac.Equal([]byte(got), []byte(want)) {
			return true
		}
	}
	return false
}

// evidence returns the tokens of the sentences that carry the development: not those that stood before, nor the rest of
// the change, which other alerts of the same version show too.
func evidence(body []byte) []string {
	var payload struct {
		Data struct {
			Development struct {
				Evidence []struct {
					Text    string
					Removed bool
				}
			}
		}
	}
	if err := json.Unmarshal(body, &payload); err != nil {
		return nil
	}
	var tokens []string
	for _, e := range payload.Data.Development.Evidence {
		if !e.Removed {
			tokens = append(tokens, token.FindAllString(e.Text, -1)...)
		}
	}
	return tokens
}

func (d *desk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.total
}
