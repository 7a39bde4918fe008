package web

import (
	"strings"

	"github.com/storywatch/storywatch/story"
)

// label is how a kind of development is named on a page.
type label struct {
	Words string
	Tone  string // class of the style sheet: news, plan, figure, setback or quiet
}

var labels = map[story.Kind]label{
	story.NewDevelopment:  {"New development", "news"},
	story.PlannedEvent:    {"Planned event", "plan"},
	story.PlanChange:      {"Change of plan", "plan"},
	story.NumberChange:    {"Figure changed", "figure"},
	story.Correction:      {"Correction", "setback"},
	story.Reversal:        {"Reversal", "setback"},
	story.Removal:         {"Removed", "setback"},
	story.QuoteAdded:      {"New quote", "news"},
	story.HeadlineChange:  {"Headline changed", "news"},
	story.MinorFact:       {"Minor fact", "quiet"},
	story.BackgroundAdded: {"Background added", "quiet"},
	story.StubFilled:      {"Text filled in", "quiet"},
	story.Reword:          {"Reworded", "quiet"},
	story.Reorder:         {"Reordered", "quiet"},
	story.CosmeticEdit:    {"Cosmetic edit", "quiet"},
	story.Duplicate:       {"Duplicate", "quiet"},
}

// labelOf names a kind; one that this list does not know yet is shown by its own word.
func labelOf(k story.Kind) label {
	if l, ok := labels[k]; ok {
		return l
	}
	return label{strings.ReplaceAll(shown(string(k)), "_", " "), "news"}
}

// quiet reports whether a kind never alerts by itself; such ones stay off the front page.
func quiet(k story.Kind) bool { return labels[k].Tone == "quiet" }
