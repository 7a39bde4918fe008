// Package story holds the words that the whole program uses, and the judgement it exists for: given everything seen so
// far of a story, is this version news, and of what kind? It knows no database, no network and no clock.
package story

import (
	"net/http"
	"time"

	"github.com/storywatch/storywatch/text"
)

// PageKind says what a page is looked at for.
type PageKind string

// The kinds of page; the first four are also the kinds of source.
const (
	KindArticle PageKind = "article"
	KindListing PageKind = "listing"
	KindFeed    PageKind = "feed"
	KindSitemap PageKind = "sitemap"
	KindUnknown PageKind = "" // a source whose kind is to be found out at the first look
)

// Outcome names how a look at a page ended. Only OutcomeVersion can lead to a change.
type Outcome string

// The outcomes. OutcomeListed is the good end of a look at a listing, feed or sitemap.
const (
	OutcomeVersion    Outcome = "version"
	OutcomeUnchanged  Outcome = "unchanged"
	OutcomeListed     Outcome = "listed"
	OutcomeBlocked    Outcome = "blocked"
	OutcomeLimited    Outcome = "limited"
	OutcomeUnreadable Outcome = "unreadable"
	OutcomeRetry      Outcome = "retry"
	OutcomeGone       Outcome = "gone"
)

// Page is one address that is looked at, with what is remembered of the last look.
type Page struct {
	URL    string   `json:"url"`    // the address as configured or found: the identity of the page
	Host   string   `json:"host"`   // host and, where it is not the scheme's own, port: the unit of politeness
	Source string   `json:"source"` // the name of the source it belongs to
	Root   bool     `json:"root"`   // whether it is the source's own address rather than an article found there
	Kind   PageKind `json:"kind"`

	Due         time.Time `json:"due,omitzero"`          // when to look next; zero: never again
	First       time.Time `json:"first,omitzero"`        // when it was first known
	FollowUntil time.Time `json:"follow_until,omitzero"` // when an article found at a source stops being followed

	// Of the last look.
	Looked       time.Time `json:"looked,omitzero"`
	Good         time.Time `json:"good,omitzero"` // the last look that ended in version, unchanged or listed
	Outcome      Outcome   `json:"outcome,omitempty"`
	Note         string    `json:"note,omitempty"` // what a person should know of that outcome, in a sentence
	Failures     int       `json:"failures"`       // looks in a row that did not end well
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	BodyHash     string    `json:"body_hash,omitempty"` // of the decoded bytes
	Baseline     bool      `json:"baseline"`            // root: the first good look is over; later finds are news

	Title    string    `json:"title,omitempty"` // what the source said of it: a hint until the page is read
	Hinted   time.Time `json:"hinted,omitzero"` // the source's own date for it
	BaseOnly bool      `json:"base_only"`       // article: its first version belongs to the baseline and does not alert
}

// Link is an article that a listing, feed or sitemap offers.
type Link struct {
	URL   string
	Title string
	At    time.Time // as the source dates it, zero when it does not
}

// Fetched is what one look at a page brought. Outcome is empty as long as nothing speaks against reading the body.
type Fetched struct {
	Page      Page
	At        time.Time
	Outcome   Outcome
	Note      string
	URL       string // after redirects
	Status    int
	Header    http.Header
	Body      []byte // decoded, UTF-8
	BodyHash  string // of Body, hex
	Took      time.Duration
	NotBefore time.Time // the site asked not to be visited before
	Links     []Link    // of a listing, feed or sitemap
}

// Article is the story a page tells, once extracted.
type Article struct {
	URL        string           `json:"url"`                 // where it was read, after redirects
	Canonical  string           `json:"canonical,omitempty"` // the address the page gives itself
	Title      string           `json:"title"`
	Standfirst string           `json:"standfirst,omitempty"`
	Paragraphs []text.Paragraph `json:"paragraphs"`
	Authors    []string         `json:"authors,omitempty"`
	Published  time.Time        `json:"published,omitzero"`
	Modified   time.Time        `json:"modified,omitzero"`
	Section    string           `json:"section,omitempty"`
	Image      string           `json:"image,omitempty"`
	Lang       string           `json:"lang,omitempty"` // BCP 47, primary subtag
	Dir        string           `json:"dir,omitempty"`  // rtl or ltr
	Paywalled  bool             `json:"paywalled,omitempty"`
}

// Text returns what is compared of an article: its title, standfirst and paragraphs in reading order.
func (a Article) Text() []text.Paragraph {
	all := make([]text.Paragraph, 0, len(a.Paragraphs)+2)
	if a.Title != "" {
		all = append(all, text.Paragraph{Kind: text.Title, Text: a.Title})
	}
	if a.Standfirst != "" {
		all = append(all, text.Paragraph{Kind: text.Lead, Text: a.Standfirst})
	}
	return append(all, a.Paragraphs...)
}

// Version is one state of an article. It never changes once it is stored.
type Version struct {
	ID        string    `json:"id"` // article id, a dot, the number
	ArticleID string    `json:"article"`
	Number    int       `json:"number"` // from 1, without gaps
	Source    string    `json:"source"`
	PageURL   string    `json:"page"` // the page it was read from
	SeenAt    time.Time `json:"seen"`
	Article   Article   `json:"content"`
	Prev      string    `json:"prev,omitempty"` // Hash of the version before it
	Hash      string    `json:"hash"`
}

// Kind names the kind of a development.
type Kind string

// The kinds of development. Those from MinorFact on never alert by themselves.
const (
	NewDevelopment  Kind = "new_development"
	PlannedEvent    Kind = "planned_event"
	PlanChange      Kind = "plan_change"
	NumberChange    Kind = "number_change"
	Correction      Kind = "correction"
	Reversal        Kind = "reversal"
	Removal         Kind = "removal"
	QuoteAdded      Kind = "quote_added"
	HeadlineChange  Kind = "headline_change"
	MinorFact       Kind = "minor_fact"
	BackgroundAdded Kind = "background_added"
	StubFilled      Kind = "stub_filled"
	Reword          Kind = "reword"
	Reorder         Kind = "reorder"
	CosmeticEdit    Kind = "cosmetic"
	Duplicate       Kind = "duplicate"
)

// Development is something newly known in a story.
type Development struct {
	ID         string     `json:"id"`
	Story      string     `json:"story"`
	Kind       Kind       `json:"kind"`
	Kinds      []Kind     `json:"kinds"`      // Kind first, then what else it is
	Headline   string     `json:"headline"`   // one line, in the article's own words
	Reason     string     `json:"reason"`     // why this is held to be new, for a person
	Confidence float64    `json:"confidence"` // 0 to 1
	Importance float64    `json:"importance"` // 0 to 1
	Who        []string   `json:"who,omitempty"`
	Where      []Place    `json:"where,omitempty"`
	When       []Moment   `json:"when,omitempty"`
	Figures    []Figure   `json:"figures,omitempty"`
	Evidence   []Evidence `json:"evidence"`
	Lang       string     `json:"lang,omitempty"`
	Alerts     bool       `json:"alerts"` // whether it may alert: not part of a baseline, not a quiet kind
	SeenAt     time.Time  `json:"seen"`   // first sighting
	VersionID  string     `json:"version"`
	Sightings  int        `json:"sightings"` // the first included
	Sources    int        `json:"sources"`   // distinct sources among the sightings
	LastSeen   time.Time  `json:"last_seen,omitzero"`
}

// Place is a country, region or city that a development names.
type Place struct {
	Name    string `json:"name"`              // as printed
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2
}

// Moment is a time that a development names.
type Moment struct {
	Text string    `json:"text"` // as printed
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`    // exclusive
	Part string    `json:"part,omitempty"` // morning, noon, afternoon, evening, night
}

// Figure is a number with what it counts.
type Figure struct {
	Role  string   `json:"role,omitempty"` // killed, injured, percent, money, …
	Value float64  `json:"value"`
	Old   *float64 `json:"old,omitempty"` // what was known before, for a changed figure
	Text  string   `json:"text"`          // as printed
}

// Evidence is a sentence that carries a development, as printed.
type Evidence struct {
	Text      string `json:"text"`
	Lang      string `json:"lang,omitempty"`
	Dir       string `json:"dir,omitempty"`
	VersionID string `json:"version"`
	URL       string `json:"url"`
	Source    string `json:"source"`
	Removed   bool   `json:"removed,omitempty"` // it stood in the version before and is gone
}

// Sighting is one version that carries a development already known.
type Sighting struct {
	DevelopmentID string    `json:"development"`
	VersionID     string    `json:"version"`
	Source        string    `json:"source"`
	URL           string    `json:"url"`
	SeenAt        time.Time `json:"seen"`
}

// News is what one version means for one story.
type News struct {
	Story        string        `json:"story"`
	Seq          int64         `json:"seq"` // the place this version takes among those the story has learned
	Developments []Development `json:"developments,omitempty"`
	Sightings    []Sighting    `json:"sightings,omitempty"`
	Verdict      string        `json:"verdict,omitempty"` // in a sentence: why there is nothing new
	Score        float64       `json:"score"`             // 0 to 1: how much is new
}

// Alert is a development, or an event of a source, that some receiver must hear.
type Alert struct {
	ID            string    `json:"id"`
	Type          string    `json:"type"` // development.planned_event, article.removed, source.failing, …
	Story         string    `json:"story,omitempty"`
	DevelopmentID string    `json:"development,omitempty"`
	Source        string    `json:"source,omitempty"`
	CreatedAt     time.Time `json:"created"`
	Data          []byte    `json:"data"` // JSON object: what the payload says under "data", without seq
	Receivers     []string  `json:"receivers"`
}

// DeliveryState says where a delivery stands.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending DeliveryState = "pending"
	DeliveryDone    DeliveryState = "delivered"
	DeliveryDead    DeliveryState = "dead" // given up after the last try, or refused for good; kept for a resend
)

// Delivery is the sending of one alert to one receiver, until done or given up.
type Delivery struct {
	ID       string        `json:"id"` // the webhook-id: the same over every try and resend
	AlertID  string        `json:"alert"`
	Receiver string        `json:"receiver"`
	Seq      int64         `json:"seq"` // per receiver, without gaps
	State    DeliveryState `json:"state"`
	Due      time.Time     `json:"due,omitzero"`
	Tries    int           `json:"tries"`
	Alert    Alert         `json:"-"`
	Done     time.Time     `json:"done,omitzero"`
	Attempts []Attempt     `json:"attempts,omitempty"`
}

// Attempt is one try to deliver.
type Attempt struct {
	At     time.Time     `json:"at"`
	Took   time.Duration `json:"took"`
	Status int           `json:"status,omitempty"` // HTTP status, 0 when there was no answer
	Error  string        `json:"error,omitempty"`
}
