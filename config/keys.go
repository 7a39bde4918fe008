package config

import (
	"maps"
	"slices"
	"strings"
)

// known holds every key, in the order of the documentation, by the group it stands in. The decoder, the messages about
// unknown keys and the test over the documentation all read it.
var known = map[string][]string{
	"":                {"database", "contact", "timezone", "network", "web", "stories", "sources", "receivers"},
	"network":         {"allow", "gap", "robots"},
	"web":             {"listen", "open", "public_url"},
	"stories":         {"name", "title", "match"},
	"stories.match":   {"any", "all", "none", "urls", "sources"},
	"sources":         {"name", "url", "kind", "schedule", "timezone", "fast", "baseline", "follow", "links", "article", "budget"},
	"sources.follow":  {"for", "every", "slowest"},
	"sources.links":   {"select", "include", "exclude"},
	"sources.article": {"title", "body", "remove"},
	"receivers":       {"name", "url", "secret", "secrets", "format", "stories", "when", "allow"},
}

// unknownKey says what is wrong with a key that a group does not have: mistyped, in the wrong group, or neither.
func unknownKey(name, group string) string {
	say := "unknown key " + quote(name)
	if k := Nearest(name, known[group]); k != "" {
		return say + "; did you mean " + k + "?"
	}
	for _, other := range slices.Sorted(maps.Keys(known)) {
		if !slices.Contains(known[other], name) {
			continue
		}
		if other == "" {
			return say + "; it belongs at the beginning of a line, outside of " + group
		}
		return say + "; it belongs under " + other
	}
	return say + "; the keys here are " + strings.Join(known[group], ", ")
}
