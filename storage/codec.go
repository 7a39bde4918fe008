package storage

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// maxBody bounds what one stored body may unpack to: a damaged or forged row must not fill the memory.
const maxBody = 256 << 20

// codec turns values into the compressed JSON of a BYTEA column and back. zstd's own checksum tells a flipped bit.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec() (codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return codec{}, fmt.Errorf("make zstd encoder: %w", err)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBody))
	if err != nil {
		return codec{}, fmt.Errorf("make zstd decoder: %w", err)
	}
	return codec{enc, dec}, nil
}

// pack compresses bytes.
func (c codec) pack(body []byte) []byte { return c.enc.EncodeAll(body, nil) }

// unpack undoes pack.
func (c codec) unpack(packed []byte) ([]byte, error) {
	body, err := c.dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	return body, nil
}

// packJSON writes a value as compressed JSON.
func (c codec) packJSON(value any) ([]byte, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return c.pack(body), nil
}

// unpackJSON reads compressed JSON into the value that into points to.
func (c codec) unpackJSON(packed []byte, into any) error {
	body, err := c.unpack(packed)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}
