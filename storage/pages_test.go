package storage_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
)

// root is the page of a source.
func root(source, url string, due time.Time) story.Page {
	return story.Page{URL: url, Host: "a.example", Source: source, Root: true, Kind: story.KindFeed, Due: due, First: due}
}

// piece is an article of source a that is followed for a day.
func piece(url string, due time.Time) story.Page {
	return story.Page{
		URL: url, Host: "a.example", Source: "a", Kind: story.KindArticle, Due: due, First: noon,
		FollowUntil: noon.Add(24 * time.Hour), Title: "عنوان",
	}
}

func syncSources(t *testing.T, db *storage.DB, roots ...story.Page) {
	t.Helper()
	if err := db.SyncSources(t.Context(), roots); err != nil {
		t.Fatal(err)
	}
}

// due lists what is due at a.example at a time.
func due(t *testing.T, db *storage.DB, at time.Time) []string {
	t.Helper()
	pages, err := db.DuePages(t.Context(), "a.example", at, 0)
	must(t, err)
	hosts, err := db.DueHosts(t.Context(), at, 0)
	must(t, err)
	if (len(pages) > 0) != slices.Contains(hosts, "a.example") {
		t.Errorf("%d pages are due at a.example, but the due hosts are %v", len(pages), hosts)
	}
	var urls []string
	for _, p := range pages {
		urls = append(urls, p.URL)
	}
	return urls
}

func wantDue(t *testing.T, db *storage.DB, at time.Time, want ...string) {
	t.Helper()
	if got := due(t, db, at); !slices.Equal(got, want) {
		t.Errorf("due after %v: %v, want %v", at.Sub(noon), got, want)
	}
}

func page(t *testing.T, db *storage.DB, url string) story.Page {
	t.Helper()
	p, err := db.Page(t.Context(), url)
	must(t, err)
	return p
}

func TestDuePagesComeRootsFirstThenTheLongestOverdue(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		syncSources(t, db, root("a", "https://a.example/feed", noon.Add(-time.Minute)))
		record(t, db, storage.Entry{Found: []story.Page{
			piece("https://a.example/2", noon.Add(-2*time.Minute)), piece("https://a.example/3", noon.Add(-3*time.Minute)),
			piece("https://a.example/4", noon.Add(time.Minute)), piece("https://a.example/never", time.Time{}),
		}})
		wantDue(t, db, noon.Add(-time.Hour))
		wantDue(t, db, noon, "https://a.example/feed", "https://a.example/3", "https://a.example/2")
		pages, err := db.DuePages(t.Context(), "a.example", noon, 1)
		if err != nil || len(pages) != 1 || !pages[0].Root {
			t.Errorf("the first of them is %v (%v), want the root", pages, err)
		}
	})
}

func TestDueHostsAreFreeAndTheLongestOverdueFirst(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		for i, host := range []string{"a.example", "b.example", "c.example:8080"} {
			p := piece("https://"+host+"/", noon.Add(-time.Duration(i)*time.Minute))
			p.Host = host
			record(t, db, storage.Entry{Page: p, HostFree: noon.Add(-time.Second)})
		}
		hosts, err := db.DueHosts(ctx, noon, 0)
		same(t, "hosts", hosts, []string{"c.example:8080", "b.example", "a.example"}, err)
		hosts, err = db.DueHosts(ctx, noon, 2)
		same(t, "two hosts", hosts, []string{"c.example:8080", "b.example"}, err)

		must(t, db.HoldHost(ctx, "b.example", noon.Add(time.Hour)))
		must(t, db.HoldHost(ctx, "b.example", noon.Add(time.Minute)))
		must(t, db.HoldHost(ctx, "new.example", noon))
		hosts, err = db.DueHosts(ctx, noon.Add(2*time.Minute), 0)
		same(t, "hosts while one is held", hosts, []string{"c.example:8080", "a.example"}, err)
		for host, want := range map[string]time.Time{"b.example": ms(noon.Add(time.Hour)), "new.example": ms(noon), "?": {}} {
			free, err := db.HostFree(ctx, host)
			same(t, "host "+host, free, want, err)
		}
	})
}

func TestAKnownPageTakesOverAHintOnly(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		looked := piece("https://a.example/1", noon.Add(time.Hour))
		looked.ETag, looked.Outcome, looked.Looked = `"x"`, story.OutcomeVersion, noon
		record(t, db, storage.Entry{Page: looked})
		hint := func(due time.Time, title string) story.Page {
			p := piece(looked.URL, due)
			p.Source, p.Title, p.FollowUntil = "b", title, noon.Add(99*time.Hour)
			record(t, db, storage.Entry{Found: []story.Page{p}})
			return page(t, db, looked.URL)
		}
		want := page(t, db, looked.URL)
		same(t, "a later due time", hint(noon.Add(2*time.Hour), ""), want, nil)
		same(t, "no due time", hint(time.Time{}, ""), want, nil)
		want.Due, want.Title = ms(noon.Add(time.Minute)), "عنوان آخر"
		same(t, "an earlier due time and a title", hint(noon.Add(time.Minute), "عنوان آخر"), want, nil)

		looked.Due = time.Time{}
		record(t, db, storage.Entry{Page: looked})
		same(t, "no due time for one that is not followed", hint(time.Time{}, "").Due, time.Time{}, nil)
		if p := hint(noon, ""); !p.Due.Equal(ms(noon)) || !p.FollowUntil.Equal(ms(noon.Add(99*time.Hour))) || p.ETag != looked.ETag {
			t.Errorf("a page that was not followed any more is due %v and followed until %v", p.Due, p.FollowUntil)
		}
	})
}

func TestAListingDoesNotHurryAnotherSource(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		syncSources(t, db, root("a", "https://a.example/feed", noon.Add(time.Hour)), root("b", "https://a.example/b", noon.Add(time.Hour)))
		want := page(t, db, "https://a.example/b")
		record(t, db, storage.Entry{Found: []story.Page{piece("https://a.example/b", noon)}})
		same(t, "the root of b", page(t, db, "https://a.example/b"), want, nil)
	})
}

func TestSyncKeepsWhatIsRememberedOfASource(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		first := root("a", "https://a.example/feed", noon)
		syncSources(t, db, first)
		looked := first
		looked.Looked, looked.Good, looked.Outcome, looked.ETag, looked.Baseline = noon, noon, story.OutcomeListed, `"x"`, true
		looked.Due, looked.BodyHash = noon.Add(10*time.Minute), "abc"
		record(t, db, storage.Entry{Page: looked})
		want := page(t, db, first.URL)

		later := first
		later.Due, later.Kind = noon.Add(time.Hour), story.KindUnknown
		syncSources(t, db, later)
		same(t, "a later due time, a kind to be found out", page(t, db, first.URL), want, nil)

		sooner := first
		sooner.Due = noon.Add(time.Minute)
		syncSources(t, db, sooner)
		want.Due = ms(sooner.Due)
		same(t, "an earlier due time", page(t, db, first.URL), want, nil)

		listing := sooner
		listing.Kind = story.KindListing
		syncSources(t, db, listing)
		want.Kind, want.ETag, want.BodyHash = story.KindListing, "", ""
		same(t, "another kind", page(t, db, first.URL), want, nil)
		roots, err := db.Roots(t.Context())
		same(t, "roots", roots, []story.Page{want}, err)
	})
}

func TestASourceThatLeavesIsNotDueUntilItComesBack(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a, b := root("a", "https://a.example/feed", noon), root("b", "https://b.example/feed", noon)
		b.Host = "b.example"
		old := piece("https://a.example/old", noon)
		old.Looked, old.FollowUntil = noon, noon.Add(time.Hour)
		syncSources(t, db, a, b)
		record(t, db, storage.Entry{Found: []story.Page{piece("https://a.example/1", noon)}})
		record(t, db, storage.Entry{Page: old})
		wantDue(t, db, noon, a.URL, "https://a.example/1", old.URL)

		syncSources(t, db, b)
		wantDue(t, db, noon.Add(time.Hour))
		must(t, db.MakeDue(t.Context(), noon, true))
		wantDue(t, db, noon.Add(time.Hour))
		pages, err := db.Pages(t.Context(), "a")
		if err != nil || len(pages) != 3 || !pages[0].Due.IsZero() || !pages[1].Due.IsZero() {
			t.Errorf("pages of a are %+v (%v), want all three, never due", pages, err)
		}
		// A look that was under way when the source left does not bring it back.
		record(t, db, storage.Entry{Page: a})
		wantDue(t, db, noon.Add(time.Hour))
		roots, err := db.Roots(t.Context())
		if err != nil || len(roots) != 1 || roots[0].Source != "b" {
			t.Errorf("roots are %+v (%v), want that of b", roots, err)
		}

		a.Due = noon.Add(3 * time.Hour)
		syncSources(t, db, a, b)
		wantDue(t, db, noon.Add(2*time.Hour), "https://a.example/1")
		wantDue(t, db, noon.Add(3*time.Hour), a.URL, "https://a.example/1")
	})
}

func TestASourceThatMovesKeepsItsBaseline(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		before, after := root("a", "https://a.example/feed", noon), root("a", "https://a.example/rss", noon)
		syncSources(t, db, before)
		known := before
		known.Baseline = true
		record(t, db, storage.Entry{Page: known, Found: []story.Page{piece("https://a.example/1", noon.Add(time.Hour))}})
		syncSources(t, db, after)
		wantDue(t, db, noon.Add(time.Hour), after.URL, "https://a.example/1")
		if !page(t, db, after.URL).Baseline || !page(t, db, before.URL).Due.IsZero() {
			t.Error("the new address has no baseline, or the old one is still due")
		}
		syncSources(t, db, after, root("c", "https://c.example/feed", noon))
		if page(t, db, "https://c.example/feed").Baseline {
			t.Error("a new source has a baseline")
		}
	})
}

func TestAPageOfASourceThatLeftIsTakenOver(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a, b := root("a", "https://a.example/feed", noon), root("b", "https://a.example/other", noon)
		syncSources(t, db, a, b)
		record(t, db, storage.Entry{Found: []story.Page{piece("https://a.example/1", noon)}})
		syncSources(t, db, b)
		for _, url := range []string{"https://a.example/1", a.URL} {
			p := piece(url, noon.Add(time.Minute))
			p.Source = "b"
			record(t, db, storage.Entry{Found: []story.Page{p}})
			if got := page(t, db, url); got.Source != "b" || got.Root || !got.Due.Equal(ms(p.Due)) {
				t.Errorf("%s is %+v, want an article of b, due", url, got)
			}
		}
		// And an article that becomes a source of its own is a root.
		c := root("c", "https://a.example/1", noon)
		c.Kind = story.KindArticle
		syncSources(t, db, b, c)
		if got := page(t, db, c.URL); !got.Root || got.Source != "c" || !got.FollowUntil.IsZero() {
			t.Errorf("the page is %+v, want the root of c", got)
		}
	})
}

func TestMakeDue(t *testing.T) {
	later := noon.Add(time.Hour)
	cases := []struct {
		name     string
		articles bool
		sources  []string
		want     []string
	}{
		{"all roots", false, nil, []string{"https://a.example/feed", "https://a.example/other"}},
		{"everything", true, nil, []string{"https://a.example/feed", "https://a.example/other", "https://a.example/1"}},
		{"one source", true, []string{"a"}, []string{"https://a.example/feed", "https://a.example/1"}},
		{"two roots", false, []string{"b", "a"}, []string{"https://a.example/feed", "https://a.example/other"}},
		{"nothing known", true, []string{"?"}, nil},
	}
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		for _, c := range cases {
			wipe(t, db)
			syncSources(t, db, root("a", "https://a.example/feed", later), root("b", "https://a.example/other", later))
			over := piece("https://a.example/over", time.Time{})
			over.FollowUntil = noon.Add(-time.Hour)
			record(t, db, storage.Entry{Page: over, Found: []story.Page{piece("https://a.example/1", later)}})
			must(t, db.MakeDue(t.Context(), noon, c.articles, c.sources...))
			if got := due(t, db, noon); !slices.Equal(got, c.want) {
				t.Errorf("%s: due are %v, want %v", c.name, got, c.want)
			}
		}
	})
}

// Each is asked every second, over tables that grow for ever.
func TestAQuestionOfDueUsesAnIndex(t *testing.T) {
	db := storagetest.Open(t, storagetest.SQLite(t))
	for query, want := range map[string]string{
		`SELECT url FROM page WHERE host = 'a' AND live AND due_ms > 0 AND due_ms <= 1`:                   "SEARCH page USING INDEX page_host_due (host=? AND due_ms>? AND due_ms<?)",
		`SELECT host FROM page WHERE live AND due_ms > 0 AND due_ms <= 1 GROUP BY host`:                   "USING INDEX page_",
		`SELECT 1 FROM delivery WHERE receiver = 'a' AND state = 'pending' AND due_ms <= 1`:               "SEARCH delivery USING COVERING INDEX delivery_due (receiver=? AND due_ms<?)",
		`SELECT id FROM delivery WHERE receiver = 'a' AND state = 'pending' AND due_ms <= 1 ORDER BY seq`: "SEARCH delivery USING INDEX delivery_",
		`SELECT COUNT(*) FROM delivery WHERE state = 'dead'`:                                              "USING COVERING INDEX delivery_dead",
	} {
		var plan, skip string
		if err := db.SQL().QueryRow(`EXPLAIN QUERY PLAN `+query).Scan(&skip, &skip, &skip, &plan); err != nil || !strings.Contains(plan, want) {
			t.Errorf("%s: the plan is %q (%v), want %q", query, plan, err, want)
		}
	}
}
