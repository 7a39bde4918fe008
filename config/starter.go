package config

import (
	_ "embed"
	"slices"
)

//go:embed starter.yml
var starter []byte

// Starter returns the file that "storywatch init" writes. It loads as it is, with no environment variable set.
func Starter() []byte { return slices.Clone(starter) }
