package alert

import (
	_ "embed"
	"slices"
)

//go:embed schema/payload.schema.json
var payloadSchema []byte

// Schema returns the JSON Schema (draft 2020-12) that every body conforms to.
func Schema() []byte { return slices.Clone(payloadSchema) }
