package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// encodings is what we say we can read.
const encodings = "gzip, deflate, br, zstd"

// maxLayers is how many encodings may lie one in the other.
const maxLayers = 2

// decoder is a body with its encodings taken off. Closing it gives back what the layers hold, not the body beneath.
type decoder struct {
	*bufio.Reader
	bounds  []*bounded // the body as it arrives first
	closers []func()
}

// Close releases the layers.
func (d *decoder) Close() {
	for _, c := range d.closers {
		c()
	}
}

// decode takes the content encodings of a body off, the last named first (RFC 9110 section 8.4). No layer may give out more
// than limit bytes and one, so that a bomb inside a bomb stops at the first. What is said to be compressed and is not is
// taken as it is. With unpack a gzip file inside is opened as well, which is how sitemaps are published; without, compressed
// bytes that nobody announced are unreadable.
func decode(body io.Reader, encoding string, limit int64, unpack bool) (*decoder, error) {
	d := &decoder{}
	d.Reader = d.bound(body, limit)
	var names []string
	for name := range strings.SplitSeq(strings.ToLower(encoding), ",") {
		if name = strings.TrimSpace(name); name != "" && name != "identity" {
			names = append(names, name)
		}
	}
	if len(names) > maxLayers {
		return nil, refuse(Unreadable, "the answer is compressed %d times over", len(names))
	}
	for i := len(names) - 1; i >= 0; i-- {
		if err := d.open(names[i], limit); err != nil {
			d.Close()
			return nil, d.fault(err, limit)
		}
	}
	if err := d.openFile(limit, unpack); err != nil {
		d.Close()
		return nil, d.fault(err, limit)
	}
	return d, nil
}

// open puts the reader of one encoding on top.
func (d *decoder) open(name string, limit int64) error {
	head, err := d.Peek(4)
	if len(head) == 0 {
		if errors.Is(err, io.EOF) {
			return nil // an empty body has no encoding
		}
		return err
	}
	var layer io.Reader
	switch name {
	case "gzip", "x-gzip":
		if !isGzip(head) {
			return nil
		}
		layer, err = gzip.NewReader(d.Reader)
	case "deflate":
		layer, err = inflate(d.Reader, head)
	case "br":
		layer, err = brotli.NewReader(d.Reader), nil
	case "zstd":
		if !isZstd(head) {
			return nil
		}
		layer, err = d.zstd()
	default:
		return refuse(Unreadable, "the answer has the encoding %q, which cannot be read", shorten(name, 20))
	}
	if err != nil {
		return err
	}
	d.Reader = d.bound(layer, limit)
	return nil
}

// openFile opens a gzip file, or refuses compressed bytes that nobody announced.
func (d *decoder) openFile(limit int64, unpack bool) error {
	head, _ := d.Peek(4) // an error comes again when the body is read
	switch {
	case isGzip(head) && unpack:
		return d.open("gzip", limit)
	case isGzip(head), isZstd(head):
		return refuse(Unreadable, "the answer is a compressed file, not text")
	}
	return nil
}

func (d *decoder) zstd() (io.Reader, error) {
	z, err := zstd.NewReader(d.Reader, zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	d.closers = append(d.closers, z.Close)
	return z, nil
}

// inflate reads "deflate", which means zlib (RFC 9110 section 8.4.1.2) and is sent without its frame by some servers.
func inflate(r io.Reader, head []byte) (io.Reader, error) {
	if len(head) >= 2 && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(r)
	}
	return flate.NewReader(r), nil
}

func isGzip(head []byte) bool {
	return len(head) >= 3 && head[0] == 0x1f && head[1] == 0x8b && head[2] == 8
}

func isZstd(head []byte) bool {
	return len(head) >= 4 && head[0] == 0x28 && head[1] == 0xb5 && head[2] == 0x2f && head[3] == 0xfd
}

// bounded reads up to a limit and fails beyond it: what is too large is never cut in silence. It remembers its error, since
// the decoders above report one in words of their own.
type bounded struct {
	r    io.Reader
	left int64
	err  error
}

// errTooLarge says that a body is larger than its limit.
var errTooLarge = errors.New("larger than the limit")

// Read fails with errTooLarge on the first byte over the limit.
func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if int64(n) > b.left {
		n, err = int(b.left), errTooLarge
	}
	b.left -= int64(n)
	if err != nil {
		b.err = err
	}
	return n, err
}

// bound puts a limit on what r gives out.
func (d *decoder) bound(r io.Reader, limit int64) *bufio.Reader {
	b := &bounded{r: r, left: limit}
	d.bounds = append(d.bounds, b)
	return bufio.NewReader(b)
}

// fault turns the error of reading a body into a refusal. Errors of the network are left for explain.
func (d *decoder) fault(err error, limit int64) error {
	if err == nil {
		return nil
	}
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	for _, b := range d.bounds {
		if errors.Is(b.err, errTooLarge) {
			return refuse(Limited, "the answer is larger than %s", size(limit))
		}
	}
	if wire := d.bounds[0].err; wire != nil && !errors.Is(wire, io.EOF) {
		return wire
	}
	switch {
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return refuse(Limited, "the compressed answer asks for more memory than it may have")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return io.ErrUnexpectedEOF
	}
	return refuse(Unreadable, "the compressed answer is damaged")
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
