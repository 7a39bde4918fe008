package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// squeeze compresses in one of the encodings of the web; "raw" is deflate without its frame.
func squeeze(t testing.TB, encoding string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch encoding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw":
		w, err = flate.NewWriter(&b, 9)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, err = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked decodes and names what went wrong as the gate does.
func unpacked(body []byte, encoding string, limit int64, unpack bool) ([]byte, error) {
	d, err := decode(bytes.NewReader(body), encoding, limit, unpack)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	all, err := io.ReadAll(d)
	return all, d.fault(err, limit)
}

func outcomeOf(err error) string {
	var refusal *Refusal
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &refusal):
		return refusal.Outcome
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Retry
	}
	return err.Error()
}

func TestEncodings(t *testing.T) {
	text := []byte(strings.Repeat("The minister travels on Tuesday. ", 100))
	gz := squeeze(t, "gzip", text)
	for name, c := range map[string]struct {
		body     []byte
		encoding string
	}{
		"none":                          {text, ""},
		"identity":                      {text, "identity"},
		"gzip":                          {gz, "gzip"},
		"x-gzip":                        {gz, "X-GZip"},
		"deflate":                       {squeeze(t, "deflate", text), "deflate"},
		"deflate without its frame":     {squeeze(t, "raw", text), "deflate"},
		"br":                            {squeeze(t, "br", text), "br"},
		"zstd":                          {squeeze(t, "zstd", text), "zstd"},
		"gzip in br":                    {squeeze(t, "br", gz), "gzip, br"},
		"says gzip and is plain":        {text, "gzip"},
		"says zstd and is plain":        {text, "zstd"},
		"gzip in many members":          {append(squeeze(t, "gzip", text[:50]), squeeze(t, "gzip", text[50:])...), "gzip"},
		"says identity twice and gzip":  {gz, "identity, gzip, identity"},
		"gzip with empty members after": {append(bytes.Clone(gz), bytes.Repeat(squeeze(t, "gzip", nil), 10)...), "gzip"},
	} {
		got, err := unpacked(c.body, c.encoding, 10_000, false)
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

func TestBodiesThatCannotBeDecoded(t *testing.T) {
	text := []byte(strings.Repeat("The minister travels on Tuesday. ", 1000))
	gz, z := squeeze(t, "gzip", text), squeeze(t, "zstd", text)
	broken := bytes.Clone(gz)
	broken[len(broken)-6] ^= 1 // its checksum
	for name, c := range map[string]struct {
		body           []byte
		encoding, want string
	}{
		"unknown encoding":               {text, "compress", Unreadable},
		"three encodings":                {text, "gzip, br, gzip", Unreadable},
		"gzip nobody announced":          {gz, "", Unreadable},
		"zstd nobody announced":          {z, "", Unreadable},
		"gzip that calls itself zstd":    {gz, "zstd", Unreadable},
		"gzip cut off":                   {gz[:len(gz)-20], "gzip", Retry},
		"gzip cut off in its head":       {gz[:5], "gzip", Retry},
		"br cut off":                     {squeeze(t, "br", text)[:20], "br", Retry},
		"zstd cut off":                   {z[:len(z)-5], "zstd", Retry},
		"zlib cut off":                   {squeeze(t, "deflate", text)[:60], "deflate", Retry},
		"gzip with a wrong checksum":     {broken, "gzip", Unreadable},
		"noise that says br":             {bytes.Repeat([]byte{0xff, 0x13, 0x77}, 500), "br", Unreadable},
		"noise that says deflate":        {bytes.Repeat([]byte{0xff, 0x13, 0x77}, 500), "deflate", Unreadable},
		"plain, a byte over":             {append(bytes.Clone(text), 'x'), "", Limited},
		"gzip, a byte over":              {squeeze(t, "gzip", append(bytes.Clone(text), 'x')), "gzip", Limited},
		"br, a byte over":                {squeeze(t, "br", append(bytes.Clone(text), 'x')), "br", Limited},
		"zstd, a byte over":              {squeeze(t, "zstd", append(bytes.Clone(text), 'x')), "zstd", Limited},
		"gzip of gzip of too much":       {squeeze(t, "gzip", squeeze(t, "gzip", append(bytes.Clone(text), 'x'))), "gzip, gzip", Limited},
		"exactly at the limit":           {text, "", "ok"},
		"gzip exactly at the limit":      {gz, "gzip", "ok"},
		"nothing at all, said to be br":  {nil, "br", "ok"},
		"nothing at all, said to be odd": {nil, "compress", "ok"},
	} {
		if _, err := unpacked(c.body, c.encoding, int64(len(text)), false); outcomeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestGzipFilesAreOpenedForSitemaps(t *testing.T) {
	text := []byte("<urlset></urlset>")
	gz := squeeze(t, "gzip", text)
	for name, c := range map[string]struct {
		body     []byte
		encoding string
	}{"a file": {gz, ""}, "a file sent compressed": {squeeze(t, "gzip", gz), "gzip"}, "no file": {text, ""}} {
		if got, err := unpacked(c.body, c.encoding, 1000, true); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// zeros gives out endlessly many.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// bomb compresses n zeros.
func bomb(t testing.TB, encoding string, n int64) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch encoding {
	case "gzip":
		w, _ = gzip.NewWriterLevel(&b, gzip.BestSpeed)
	case "br":
		w = brotli.NewWriterLevel(&b, 1)
	case "zstd":
		w, _ = zstd.NewWriter(&b, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	}
	if _, err := io.CopyN(w, zeros{}, n); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBombsStopAtTheLimit(t *testing.T) {
	gz := bomb(t, "gzip", 1<<30)
	for name, c := range map[string]struct {
		body     []byte
		encoding string
	}{
		"1 GiB of gzip":         {gz, "gzip"},
		"100 MiB of br":         {bomb(t, "br", 100<<20), "br"},
		"100 MiB of zstd":       {bomb(t, "zstd", 100<<20), "zstd"},
		"gzip in gzip":          {squeeze(t, "gzip", gz), "gzip, gzip"},
		"a million empty gzips": {squeeze(t, "gzip", bytes.Repeat(squeeze(t, "gzip", nil), 1_000_000)), "gzip, gzip"},
	} {
		began := time.Now()
		got, err := unpacked(c.body, c.encoding, 5<<20, false)
		if outcomeOf(err) != Limited || len(got) > 5<<20 {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
	file := squeeze(t, "gzip", gz)
	if _, err := unpacked(file, "gzip", 50<<20, true); outcomeOf(err) != Limited {
		t.Errorf("a sitemap of 1 GiB: %v", err)
	}
}

func TestZstdWindowIsBounded(t *testing.T) {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithWindowSize(64<<20), zstd.WithEncoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 << 20 / 16 { // more than a single segment
		_, _ = w.Write([]byte("0123456789abcdef"))
		if b.Len() == 0 {
			_ = w.Flush()
		}
	}
	_ = w.Close()
	if _, err := unpacked(b.Bytes(), "zstd", 100<<20, false); outcomeOf(err) != Limited {
		t.Errorf("a window of 64 MiB: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	text := []byte("The minister travels on Tuesday.")
	for _, e := range []string{"gzip", "deflate", "br", "zstd"} {
		f.Add(squeeze(f, e, text), e, false)
		f.Add(squeeze(f, e, squeeze(f, "gzip", text)), "gzip,"+e, true)
	}
	f.Fuzz(func(t *testing.T, body []byte, encoding string, unpack bool) {
		got, err := unpacked(body, encoding, 1000, unpack)
		if len(got) > 1000 {
			t.Errorf("%d bytes passed a limit of 1000", len(got))
		}
		switch outcome := outcomeOf(err); outcome {
		case "ok", Limited, Unreadable, Retry:
		default:
			t.Errorf("decoding ends in %q", outcome)
		}
	})
}
