package story

import (
	"testing"

	"github.com/storywatch/storywatch/text"
)

func TestMatcher(t *testing.T) {
	article := func(title, body string) Version {
		return Version{Source: "paper", PageURL: "https://paper.example/politics/2024/talks.html", Article: Article{Title: title, Paragraphs: []text.Paragraph{{Text: body}}}}
	}
	arabic := article("الوزير في بغداد", "وصل وزير الخارجية الأميركي أنتوني بلينكن إلى بغداد، وبلينكن سيغادرها غدا إلى مصر.")
	english := article("Talks in Doha", "Secretary of State Antony Blinken arrived in Doha to discuss the ceasefire.")
	for _, c := range []struct {
		name string
		rule Rule
		v    Version
		want bool
	}{
		{"a term", Rule{Any: []string{"بلينكن"}}, arabic, true},
		{"a term with diacritics", Rule{Any: []string{"بلينكِن"}}, arabic, true},
		{"a term that stands behind a particle", Rule{Any: []string{"مصر"}}, article("", "زار قطر ومصر."), true},
		{"any of several", Rule{Any: []string{"Lavrov", "Blinken"}}, english, true},
		{"case", Rule{Any: []string{"BLINKEN"}}, english, true},
		{"part of a word", Rule{Any: []string{"Blin"}}, english, false},
		{"a phrase", Rule{Any: []string{"secretary of state"}}, english, true},
		{"a phrase in another order", Rule{Any: []string{"state secretary"}}, english, false},
		{"a regular expression", Rule{Any: []string{"/secretary.{0,20}blinken/"}}, english, true},
		{"all of them", Rule{Any: []string{"Blinken"}, All: []string{"Doha", "ceasefire"}}, english, true},
		{"not all of them", Rule{Any: []string{"Blinken"}, All: []string{"Doha", "Cairo"}}, english, false},
		{"all alone", Rule{All: []string{"Doha"}}, english, true},
		{"one of those that must not be", Rule{Any: []string{"Blinken"}, None: []string{"ceasefire"}}, english, false},
		{"an address", Rule{URLs: []string{"/politics/"}}, english, true},
		{"an address with a star", Rule{URLs: []string{"/politics/*/talks"}}, english, true},
		{"another address", Rule{URLs: []string{"/sports/"}}, english, false},
		{"a dot in an address is a dot", Rule{URLs: []string{"talksxhtml"}}, english, false},
		{"a source", Rule{Sources: []string{"paper"}}, english, true},
		{"another source", Rule{Sources: []string{"wire"}}, english, false},
		{"an address or a term", Rule{Any: []string{"Lavrov"}, URLs: []string{"/politics/"}}, english, true},
		{"nothing asked for", Rule{}, english, true},
	} {
		c.rule.Name = "s"
		m, err := NewMatcher(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Matches(c.v); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if _, err := NewMatcher(Rule{Name: "s", Any: []string{"/(/"}}); err == nil {
		t.Error("a broken regular expression is taken")
	}
}

func TestMayMatchSpeaksOnlyAgainstWhatCannotBe(t *testing.T) {
	link := Link{URL: "https://paper.example/sports/1", Title: "Cup final on Saturday"}
	for _, c := range []struct {
		name string
		rule Rule
		want bool
	}{
		{"a term may stand in the text", Rule{Any: []string{"Blinken"}}, true},
		{"a word that must not be stands in the title", Rule{Any: []string{"Blinken"}, None: []string{"cup"}}, false},
		{"by address alone", Rule{URLs: []string{"/politics/"}}, false},
		{"by address alone, and it is", Rule{URLs: []string{"/sports/"}}, true},
		{"by source alone", Rule{Sources: []string{"wire"}}, false},
	} {
		c.rule.Name = "s"
		m, err := NewMatcher(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.MayMatch(link, "paper"); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
