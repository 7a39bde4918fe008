package config

import "slices"

// kinds are the kinds of development that may alert, and quiet those that never do by themselves. They are the ones of
// package story, which this package does not import; a test outside compares the two.
var (
	kinds = []string{
		"new_development", "planned_event", "plan_change", "number_change", "correction", "reversal", "removal",
		"quote_added", "headline_change",
	}
	quiet = []string{"minor_fact", "background_added", "stub_filled", "reword", "reorder", "cosmetic", "duplicate"}
)

// Kinds lists every kind of development that a rule may name, those that never alert by themselves at the end.
func Kinds() []string { return slices.Concat(kinds, quiet) }
