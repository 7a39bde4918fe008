package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The outcomes a Refusal may have; they are the words of story.Outcome.
const (
	Blocked    = "blocked"
	Limited    = "limited"
	Unreadable = "unreadable"
	Retry      = "retry"
)

// Refusal is the error of a request that was not made, or whose answer cannot be used.
type Refusal struct {
	Outcome string    // blocked, limited, unreadable or retry
	Reason  string    // a sentence for a person, without secrets
	After   time.Time // when asking again makes sense, zero when nobody said
}

func (r *Refusal) Error() string { return r.Reason }

func refuse(outcome, format string, args ...any) *Refusal {
	return &Refusal{Outcome: outcome, Reason: fmt.Sprintf(format, args...)}
}

// explain turns what went wrong on the network into a refusal a person can read. A context that its owner ended is not the
// site's fault and stays what it is.
func explain(ctx context.Context, err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	if cause := ctx.Err(); cause != nil {
		return cause
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return refuse(Retry, "the server ended the answer before it was complete")
	}
	if reason := nameFault(err); reason != "" {
		return refuse(Retry, "%s", reason)
	}
	if reason := certificateFault(err); reason != "" {
		return refuse(Retry, "%s", reason)
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return refuse(Retry, "the server did not answer in time")
	}
	return protocolFault(err)
}

// nameFault says what went wrong in looking up a host, or nothing.
func nameFault(err error) string {
	var dns *net.DNSError
	switch {
	case !errors.As(err, &dns):
		return ""
	case dns.IsNotFound:
		return "the host name could not be found"
	case dns.IsTimeout:
		return "looking up the host name took too long"
	}
	return "the host name could not be looked up"
}

// certificateFault says what is wrong with a server's certificate, or nothing.
func certificateFault(err error) string {
	var (
		invalid  x509.CertificateInvalidError
		name     x509.HostnameError
		unknown  x509.UnknownAuthorityError
		verify   *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		tlsAlert tls.AlertError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the server's certificate has expired or is not valid yet"
	case errors.As(err, &name):
		return "the server's certificate is for another host"
	case errors.As(err, &unknown):
		return "the server's certificate is signed by nobody we trust"
	case errors.As(err, &invalid), errors.As(err, &verify):
		return "the server's certificate is not valid"
	case errors.As(err, &record), errors.As(err, &tlsAlert):
		return "the server does not speak TLS as it should"
	}
	return ""
}

// protocolFault is for what net/http only tells in words.
func protocolFault(err error) *Refusal {
	words := err.Error()
	switch {
	case strings.Contains(words, "response headers exceeded"), strings.Contains(words, "response header list larger"),
		strings.Contains(words, "too many 1xx"):
		return refuse(Limited, "the server sent more header lines than are read")
	case strings.Contains(words, "malformed HTTP"), strings.Contains(words, "malformed MIME"):
		return refuse(Unreadable, "the server's answer is not HTTP")
	case strings.Contains(words, "awaiting response headers"):
		return refuse(Retry, "the server did not answer in time")
	case strings.Contains(words, "refused"):
		return refuse(Retry, "the server refused the connection")
	}
	return refuse(Retry, "the connection to the server broke")
}

// statusText writes a status as people know it: "503 Service Unavailable".
func statusText(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// shorten cuts a text of a stranger for a sentence of ours.
func shorten(s string, n int) string {
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}
