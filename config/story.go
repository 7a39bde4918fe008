package config

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// checkName accepts letters of any script with their marks, digits, - and _.
func checkName(text string) error {
	switch {
	case text == "":
		return errors.New("is empty; write a short name such as blinken-tour")
	case utf8.RuneCountInString(text) > maxName:
		return fmt.Errorf("is longer than %d characters; shorten it (a story has a title for the long form)", maxName)
	case !strings.ContainsFunc(text, func(r rune) bool { return !isNameRune(r) }):
		return nil
	}
	if s := slug(text); s != "" {
		return fmt.Errorf("holds more than letters, digits, - and _; write for example %s", s)
	}
	return errors.New("holds more than letters, digits, - and _; write for example blinken-tour")
}

func isNameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '-' || r == '_'
}

// slug makes a name of a text.
func slug(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isNameRune(r) })
	return strings.Join(words, "-")
}

// checkTitle accepts one line of text.
func checkTitle(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("is empty; write what the story is called, or remove the key")
	case utf8.RuneCountInString(text) > maxText:
		return fmt.Errorf("is longer than %d characters", maxText)
	case strings.ContainsFunc(text, unicode.IsControl):
		return errors.New("holds a line break or a control character; write it in one line")
	}
	return nil
}

// names lists the names of groups, whatever else is wrong with them, so that a bad entry does not make others seem to name
// something unknown. Names hold no variables, so what stands in the file is the name.
func names(groups []group) []string {
	var all []string
	for _, g := range groups {
		if n := g.find("name"); n != nil && n.kind == scalar {
			all = append(all, n.text)
		}
	}
	return all
}

// entryName reads the name of an entry and refuses one that an earlier entry has.
func (g group) entryName(seen map[string]group) string {
	if !g.has("name") {
		g.missing("name", "add one: a short name that appears in pages and alerts")
		return ""
	}
	v, ok := g.scalar("name")
	if !ok {
		return ""
	}
	if !v.safe {
		v.wrongUnseen(errors.New("holds a variable; write it out, since what is stored goes by this name"))
		return ""
	}
	if err := checkName(v.text); err != nil {
		v.wrong(err)
		return ""
	}
	if other, taken := seen[v.text]; taken {
		g.d.complain(v.node, v.at, "is also the name of %s on line %d; give one of them another", other.place(), other.find("name").line)
		return v.text
	}
	seen[v.text] = g
	return v.text
}

// place names an entry without its name: sources[0].
func (g group) place() string {
	entry, _, _ := strings.Cut(g.at.entry, " ")
	return entry
}

// decodeStories reads the topics. sources are the names that match.sources may use.
func decodeStories(groups []group, sources []string) []Story {
	var all []Story
	seen := map[string]group{}
	for _, g := range groups {
		s := Story{Name: g.entryName(seen)}
		s.Title = g.text("title", s.Name, checkTitle)
		if g.has("match") {
			s.Match = decodeMatch(g.group("match"), sources)
		} else {
			g.missing("match", "say which articles belong to it, as in match: {any: [Blinken]}")
		}
		all = append(all, s)
	}
	return all
}

// decodeMatch reads which articles belong to a story, and refuses what selects none.
func decodeMatch(g group, sources []string) Match {
	m := Match{
		Any:     g.texts("any", checkTerm),
		All:     g.texts("all", checkTerm),
		None:    g.texts("none", checkTerm),
		URLs:    g.texts("urls", checkPattern),
		Sources: g.texts("sources", oneOf("source", sources)),
	}
	if g.node == nil {
		return m
	}
	named := 0
	for _, key := range []string{"any", "all", "urls", "sources"} {
		if n := g.find(key); n != nil && (n.kind != list || len(n.items) > 0) {
			named++
		}
	}
	if named == 0 {
		g.d.complain(g.node, g.at, "selects no article; give at least one of any, all, urls or sources")
	}
	contradictions(g)
	return m
}

// contradictions finds terms that an article must have and must not have.
func contradictions(g group) {
	none := map[string]bool{}
	n := g.find("none")
	if n == nil {
		return
	}
	for _, item := range n.items {
		none[strings.ToLower(item.text)] = true
	}
	for _, key := range []string{"any", "all"} {
		wanted := g.find(key)
		if wanted == nil {
			continue
		}
		for i, item := range wanted.items {
			if item.kind == scalar && none[strings.ToLower(item.text)] {
				g.d.complain(item, g.at.key(key).index(i), "%s also stands under none, which keeps every article that has it out; remove it from one of them", quote(item.text))
			}
		}
	}
}

// checkTerm accepts a phrase, or a regular expression between slashes.
func checkTerm(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("is empty; write a word, a phrase or a /regular expression/")
	case strings.HasPrefix(text, "/"):
		return checkExpression(text)
	case utf8.RuneCountInString(text) > maxText:
		return fmt.Errorf("is longer than %d characters; a term is a word or a short phrase", maxText)
	case !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
		return errors.New("holds no letter and no digit, so that it would be found nowhere")
	}
	return nil
}

// checkExpression judges /…/. One that matches an empty text would match all there is, which nobody means.
func checkExpression(text string) error {
	inner, closed := strings.CutSuffix(text[1:], "/")
	if !closed || inner == "" {
		return errors.New("begins with / but is no /regular expression/; end it with / (case never matters, there are no flags), or put address patterns under urls")
	}
	if len(inner) > maxPattern {
		return fmt.Errorf("is longer than %d bytes", maxPattern)
	}
	// Terms are matched without regard to case; that flag is left out here so that no message shows it.
	re, err := regexp.Compile(inner)
	if err != nil {
		return fmt.Errorf("is not a regular expression: %s; Go's form of them (RE2) has no look-around and no \\1", expressionFault(err.Error()))
	}
	if re.MatchString("") {
		return errors.New("matches every article, because it matches an empty text; make a part of it obligatory")
	}
	return nil
}

// expressionFault takes the words of package regexp without its prefix.
func expressionFault(said string) string {
	return strings.ReplaceAll(strings.TrimPrefix(said, "error parsing regexp: "), "`", `"`)
}

// checkPattern accepts a part of an address, in which * stands for any run of characters.
func checkPattern(text string) error {
	switch {
	case strings.Trim(text, "*") == "":
		return errors.New("fits every address; write a part of the addresses that are meant, as in /world/*/iraq")
	case len(text) > maxPattern:
		return fmt.Errorf("is longer than %d bytes", maxPattern)
	case strings.ContainsFunc(text, isBlank):
		return errors.New("holds a blank, which addresses do not; write %20")
	}
	return nil
}

// oneOf accepts names that the file defines.
func oneOf(what string, defined []string) func(string) error {
	return func(text string) error {
		if slices.Contains(defined, text) {
			return nil
		}
		return notDefined(what, text, defined)
	}
}

// notDefined names what is defined, as long as that is a short list.
func notDefined(what, text string, defined []string) error {
	if k := Nearest(text, defined); k != "" {
		return fmt.Errorf("is not a %s of this file; did you mean %s?", what, k)
	}
	if n := len(defined); n > 0 && n <= 10 {
		return fmt.Errorf("is not a %s of this file, which has %s", what, listed(defined))
	}
	return fmt.Errorf("is not a %s of this file; add it or correct the name", what)
}
