package fetch

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// raw answers each connection with bytes of its own and then does as told.
func raw(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); l.Close(); all.Wait() })
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			stop := context.AfterFunc(ctx, func() { c.Close() })
			all.Go(func() { defer stop(); defer c.Close(); serve(c) })
		}
	})
	return "http://" + l.Addr().String() + "/"
}

// readHead reads the head of a request.
func readHead(c net.Conn) {
	buf := make([]byte, 4096)
	_, _ = c.Read(buf)
}

// drip writes a text byte by byte until the other side is gone.
func drip(c net.Conn, text string) {
	for i := 0; ; i++ {
		if _, err := c.Write([]byte{text[i%len(text)]}); err != nil {
			return
		}
		<-time.After(5 * time.Millisecond)
	}
}

func TestServersThatCheatOnTime(t *testing.T) {
	limits := Limits{Total: 300 * time.Millisecond, HeaderWait: 100 * time.Millisecond}
	for name, serve := range map[string]func(net.Conn){
		"silence":           func(c net.Conn) { readHead(c); _, _ = io.Copy(io.Discard, c) },
		"slow headers":      func(c net.Conn) { readHead(c); c.Write([]byte("HTTP/1.1 200 OK\r\n")); drip(c, "X: y\r\n") },
		"a body that drips": func(c net.Conn) { readHead(c); c.Write([]byte("HTTP/1.1 200 OK\r\n\r\n")); drip(c, "x") },
	} {
		began := time.Now()
		_, _, err := get(t, gate(Options{Limits: limits}), raw(t, serve), ForPage)
		refused(t, err, Retry, "did not answer in time")
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestServersThatBreakTheProtocol(t *testing.T) {
	for name, c := range map[string]struct{ answer, outcome string }{
		"body shorter than said": {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", Retry},
		"chunks cut off":         {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", Retry},
		"nothing at all":         {"", Retry},
		"HTTP/0.9":               {"<html>hello</html>", Unreadable},
		"ten MiB of headers":     {"HTTP/1.1 200 OK\r\n" + strings.Repeat("X: "+strings.Repeat("y", 1000)+"\r\n", 1000), Limited},
		"many small headers":     {"HTTP/1.1 200 OK\r\n" + strings.Repeat("X: y\r\n", 50_000), Limited},
		"endless 1xx":            {strings.Repeat("HTTP/1.1 103 Early Hints\r\nX: yyyyyyyyyyyyyyyyyyyyy\r\n\r\n", 10_000), Limited},
	} {
		url := raw(t, func(conn net.Conn) { readHead(conn); _, _ = conn.Write([]byte(c.answer)) })
		_, _, err := get(t, gate(Options{Limits: Limits{Total: 5 * time.Second}}), url, ForPage)
		if got := outcomeOf(err); got != c.outcome {
			t.Errorf("%s: %v, want %s", name, err, c.outcome)
		}
	}
}

func TestNetworkTroubleIsToldInWords(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := "http://" + l.Addr().String()
	l.Close()
	_, _, err = get(t, gate(Options{}), gone, ForPage)
	refused(t, err, Retry, "refused the connection")

	tls := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "safe") }))
	t.Cleanup(tls.Close)
	_, _, err = get(t, gate(Options{}), tls.URL, ForPage)
	refused(t, err, Retry, "signed by nobody we trust")

	g := gate(Options{})
	g.pages.TLSClientConfig = tls.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	if _, body, err := get(t, g, tls.URL, ForPage); err != nil || body != "safe" {
		t.Errorf("a trusted server: %q, %v", body, err)
	}
	_, _, err = get(t, g, strings.Replace(tls.URL, "https", "http", 1), ForPage)
	if err != nil && outcomeOf(err) != Unreadable && outcomeOf(err) != Retry {
		t.Errorf("plain HTTP to a TLS server: %v", err)
	}
	if certificateFault(x509.HostnameError{Certificate: &x509.Certificate{}}) == "" ||
		certificateFault(x509.CertificateInvalidError{Reason: x509.Expired}) == "" {
		t.Error("bad certificates have no words")
	}
	if nameFault(&net.DNSError{IsNotFound: true}) == "" || nameFault(&net.DNSError{IsTimeout: true}) == "" {
		t.Error("unknown names have no words")
	}
}
