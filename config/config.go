// Package config turns the YAML file into plain values and says everything that is wrong with it at once, each with its
// line, its path and what to do about it. It knows none of the other packages; it checks what can be known from the file
// alone and asks nobody.
package config

import (
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"time"
)

// Config is the whole file, with defaults filled in. It never changes once loaded.
type Config struct {
	Path     string // the file it came from
	Database string // a file name, or a postgres:// address that may hold a password
	Contact  string // a web or mail address that goes into the agent name; empty when not given
	Timezone *time.Location
	Network  Network
	Web      Web
	Stories  []Story
	Sources  []Source
	// Receivers are the desks, in the order of the file.
	Receivers []Receiver
}

// String says what the file holds without showing any of it: the database address may carry a password.
func (c Config) String() string {
	return fmt.Sprintf("%s (stories: %d, sources: %d, receivers: %d)", c.Path, len(c.Stories), len(c.Sources), len(c.Receivers))
}

// GoString is String, so that %#v shows no more than %v.
func (c Config) GoString() string { return c.String() }

// LogValue is String, so that a logged configuration shows no more than a printed one.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Network says what may be reached and how politely.
type Network struct {
	Allow  []netip.Prefix // networks that are reached although they are not public; any port there
	Gap    time.Duration  // least time between two requests to one host; default 1 s
	Robots bool           // whether robots.txt is asked and obeyed; default true
}

// Web says where the pages are served.
type Web struct {
	Listen    string // default 127.0.0.1:8383; "off" serves nothing
	Open      bool   // allows an address that other machines reach
	PublicURL string // how people reach it, for links in alerts, without a slash at the end; default http://Listen
}

// Story is a topic that is followed.
type Story struct {
	Name  string
	Title string // the name when not given
	Match Match
}

// Match says which articles belong to a story: (any or urls or sources) and all and not none.
type Match struct {
	Any, All, None []string
	URLs           []string // address patterns: a substring, or with * for any run of characters
	Sources        []string // names of sources: all that they bring
}

// Source is a place to look.
type Source struct {
	Name     string
	URL      string // without fragment
	Kind     string // feed, listing, sitemap, article, or empty: found out at the first look
	Schedule Schedule
	Timezone *time.Location // of the schedule; the file's own when the source names none
	Fast     bool           // allows a schedule under 60 s
	Baseline bool           // default true: what the first look finds is stored, not alerted ("baseline: alert" makes it false)
	Follow   Follow
	Links    Links
	Article  Selectors
	Budget   int // articles newly followed per look at most; default 50
}

// Follow says how articles found at a source are looked at again.
type Follow struct {
	For, Every, Slowest time.Duration
}

// Links says which links of a listing are articles.
type Links struct {
	Select           string
	Include, Exclude []string
}

// Selectors are CSS selectors that win over the general extractor.
type Selectors struct {
	Title, Body string
	Remove      []string
}

// Receiver is a webhook with a rule for what it wants.
type Receiver struct {
	Name    string
	URL     Secret // may hold a token
	Secrets []Secret
	Format  string
	Stories []string // empty: all
	When    When
	Allow   []netip.Prefix
}

// Host names the receiver's host and no more, for logs.
func (r Receiver) Host() string {
	u, err := url.Parse(r.URL.Reveal())
	if err != nil {
		return ""
	}
	return u.Host
}

// What holds where the file says nothing.
const (
	DefaultDatabase = "storywatch.db"
	DefaultGap      = time.Second
	DefaultListen   = "127.0.0.1:8383"
	DefaultSchedule = "@every 15m"
	DefaultFor      = 14 * 24 * time.Hour
	DefaultEvery    = 15 * time.Minute
	DefaultSlowest  = 6 * time.Hour
	DefaultBudget   = 50
	DefaultFormat   = "json"
)

// What a file may ask for at most.
const (
	maxFile     = 1 << 20 // bytes
	maxName     = 64      // characters of a name
	maxText     = 200     // characters of a title, term, contact
	maxPattern  = 500     // bytes of an address pattern, selector, regular expression
	maxAddress  = 2000    // bytes of an address
	maxList     = 1000    // entries of a list of texts
	maxBudget   = 1000
	maxGap      = time.Hour
	maxFollow   = 3650 * 24 * time.Hour
	minEvery    = time.Minute // between two looks at an article of a source that is not fast
	minFast     = time.Second
	minInterval = time.Minute // between two looks at a source that is not fast
	maxSecrets  = 5
)
