package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
)

// decodeSources reads the places to look. zone is that of the file.
func decodeSources(groups []group, zone *time.Location) []Source {
	var all []Source
	seen, addresses := map[string]group{}, map[string]group{}
	for _, g := range groups {
		s := Source{
			Name:     g.entryName(seen),
			URL:      g.sourceAddress(addresses),
			Kind:     g.choice("kind", "", "feed", "listing", "sitemap", "article"),
			Timezone: g.zone("timezone", zone),
			Fast:     g.truth("fast", false),
			Baseline: g.choice("baseline", "store", "store", "alert") == "store",
			Links:    decodeLinks(g.group("links")),
			Article:  decodeSelectors(g.group("article")),
			Budget:   g.number("budget", DefaultBudget, 1, maxBudget),
		}
		s.Schedule = g.schedule(s.Timezone, s.Fast)
		s.Follow = decodeFollow(g.group("follow"), s.Fast)
		g.checkUse(s)
		all = append(all, s)
	}
	return all
}

// sourceAddress reads the address of a source and refuses one that an earlier source has.
func (g group) sourceAddress(seen map[string]group) string {
	if !g.has("url") {
		g.missing("url", "add the address of a feed, a page with links, a sitemap or an article")
		return ""
	}
	text := g.unseen("url", "", checkAddress)
	u, err := parseAddress(text)
	if err != nil {
		return ""
	}
	same := sameAddress(u)
	if other, taken := seen[same]; taken {
		g.d.complain(g.find("url"), g.at.key("url"), "is also the address of %s on line %d; one source for an address is enough", other.at.entry, other.find("url").line)
		return u.String()
	}
	seen[same] = g
	return u.String()
}

// schedule reads when to look. Less than a minute between two looks is refused unless somebody took the decision.
func (g group) schedule(zone *time.Location, fast bool) Schedule {
	otherwise, _ := parseSchedule(DefaultSchedule, zone)
	v, ok := g.scalar("schedule")
	if !ok {
		return otherwise
	}
	s, err := parseSchedule(v.text, zone)
	if err == nil && !fast && s.shortest() < minInterval {
		err = fmt.Errorf("looks every %s, more often than once a minute; look less often, or add fast: true if the site agrees", formatDuration(s.shortest()))
	}
	if err != nil {
		v.wrong(err)
		return otherwise
	}
	return s
}

// checkUse refuses settings that would do nothing.
func (g group) checkUse(s Source) {
	if n := g.find("links"); n != nil && s.Kind == "article" {
		g.d.complain(n, g.at.key("links"), "has no use for a source of kind article, whose links are not followed; remove it or make the kind listing")
		return
	}
	if n := g.below("links").find("select"); n != nil && slices.Contains([]string{"feed", "sitemap"}, s.Kind) {
		g.d.complain(n, g.at.key("links").key("select"), "has no use for a source of kind %s, which is not a page; remove it, or choose links by their address with include and exclude", s.Kind)
	}
}

// below finds the group below a key without checking it a second time.
func (g group) below(key string) group {
	return group{d: g.d, at: g.at.key(key), node: g.find(key)}
}

// decodeFollow fills in defaults that fit what is given: a person who writes "for: 2h" has not asked for a slowest of 6h.
func decodeFollow(g group, fast bool) Follow {
	least := minEvery
	if fast {
		least = minFast
	}
	f := Follow{
		For:     g.duration("for", DefaultFor, minEvery, maxFollow),
		Every:   g.duration("every", DefaultEvery, least, maxFollow),
		Slowest: g.duration("slowest", DefaultSlowest, least, maxFollow),
	}
	if !g.has("every") {
		f.Every = min(f.Every, f.Slowest, f.For)
	}
	if !g.has("slowest") {
		f.Slowest = max(min(f.Slowest, f.For), f.Every)
	}
	if !g.has("for") {
		f.For = max(f.For, f.Slowest)
	}
	if f.Every > f.Slowest {
		g.d.complain(g.find("every"), g.at.key("every"), "is longer than slowest; articles are looked at after every at first and after slowest in the end")
	}
	if f.Slowest > f.For && g.has("for") {
		longer := "every"
		if g.has("slowest") {
			longer = "slowest"
		}
		g.d.complain(g.find("for"), g.at.key("for"), "is shorter than %s, so that no look would follow; make it longer", longer)
	}
	return f
}

// decodeLinks reads which links of a page are articles.
func decodeLinks(g group) Links {
	return Links{
		Select:  g.text("select", "", checkSelector),
		Include: g.texts("include", checkPattern),
		Exclude: g.texts("exclude", checkPattern),
	}
}

// decodeSelectors reads where the parts of an article stand.
func decodeSelectors(g group) Selectors {
	return Selectors{
		Title:  g.text("title", "", checkSelector),
		Body:   g.text("body", "", checkSelector),
		Remove: g.texts("remove", checkSelector),
	}
}

// checkSelector accepts what goquery will accept; it would answer a bad one with nothing found.
func checkSelector(text string) error {
	const try = "; try it in a browser's console: document.querySelectorAll('…')"
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("is empty; write a CSS selector such as h1 or .story, or remove the key")
	case len(text) > maxPattern:
		return fmt.Errorf("is longer than %d bytes", maxPattern)
	}
	if _, err := cascadia.ParseGroup(text); err != nil {
		return errors.New("is not a CSS selector" + try)
	}
	return nil
}
