package alert

import (
	"slices"
	"strings"
	"testing"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

func TestAReceiverHearsWhatItsStoriesAndRuleAskFor(t *testing.T) {
	d, about := arabicTrip()
	for _, c := range []struct {
		name    string
		stories []string
		when    string
		hears   bool
	}{
		{"no wishes: everything", nil, "", true},
		{"its story", []string{"regional-tour"}, "", true},
		{"its story among others", []string{"elections", "regional-tour"}, "", true},
		{"another story", []string{"elections"}, "", false},
		{"a story whose name only begins alike", []string{"regional"}, "", false},
		{"another story, though the rule would say yes", []string{"elections"}, "importance > 0", false},
		{"kind", nil, `kind == "planned_event"`, true},
		{"kind in a list", nil, `kind in ["plan_change", "planned_event"]`, true},
		{"another kind", nil, `kind == "removal"`, false},
		{"any of its kinds", nil, `"new_development" in kinds`, true},
		{"the example of the documentation", nil, `kind in ["plan_change"] or importance >= 0.6`, true},
		{"too unimportant", nil, `importance > 0.9`, false},
		{"confidence", nil, `confidence >= 0.87`, true},
		{"story by rule", nil, `story == "regional-tour"`, true},
		{"source", nil, `source == "desk-ar"`, true},
		{"another source", nil, `source == "wire"`, false},
		{"language", nil, `lang == "ar"`, true},
		{"country", nil, `"EG" in countries`, true},
		{"another country", nil, `"JO" in countries`, false},
		{"who", nil, `"ليلى حداد" in who`, true},
		{"text of the evidence", nil, `text contains "مساء الثلاثاء"`, true},
		{"text that is not there", nil, `text contains "الخميس"`, false},
		{"type", nil, `type startsWith "development."`, true},
	} {
		r := config.Receiver{Name: "desk", Stories: c.stories, When: rule(t, c.when)}
		alerts, err := Match([]config.Receiver{r}, []story.Development{d}, about)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if hears := len(alerts) == 1; hears != c.hears {
			t.Errorf("%s: the receiver hears: %v, want %v", c.name, hears, c.hears)
		}
	}
}

func TestOneAlertForADevelopmentNamesAllItsReceiversInOrder(t *testing.T) {
	d, about := arabicTrip()
	receivers := []config.Receiver{
		{Name: "zeta"}, {Name: "sports", Stories: []string{"cup"}}, {Name: "alpha", When: rule(t, `lang == "ar"`)}, {Name: "mid"},
	}
	alerts, err := Match(receivers, []story.Development{d}, about)
	if err != nil || len(alerts) != 1 {
		t.Fatalf("Match = %d alerts, %v", len(alerts), err)
	}
	if want := []string{"zeta", "alpha", "mid"}; !slices.Equal(alerts[0].Receivers, want) {
		t.Errorf("receivers = %v, want %v", alerts[0].Receivers, want)
	}
}

func TestADevelopmentThatDoesNotAlertOrThatNobodyWantsMakesNoAlert(t *testing.T) {
	loud, about := arabicTrip()
	quiet, unwanted := loud, loud
	quiet.ID, quiet.Alerts = "dev_quiet", false
	unwanted.ID, unwanted.Story = "dev_unwanted", "elections"
	receivers := []config.Receiver{{Name: "desk", Stories: []string{"regional-tour"}}}
	alerts, err := Match(receivers, []story.Development{quiet, unwanted, loud}, about)
	if err != nil || len(alerts) != 1 || alerts[0].DevelopmentID != loud.ID {
		t.Errorf("Match = %v, %v; want the loud development alone", alerts, err)
	}
	if alerts, err := Match(nil, []story.Development{loud}, about); len(alerts) != 0 || err != nil {
		t.Errorf("Match without receivers = %v, %v", alerts, err)
	}
}

func TestARuleThatCannotBeEvaluatedTellsItsReceiverAndSaysSo(t *testing.T) {
	d, about := arabicTrip()
	receivers := []config.Receiver{{Name: "broken", When: rule(t, `len(who) == 0 or who[5] == "somebody"`)}, {Name: "fine", When: rule(t, `lang == "en"`)}}
	alerts, err := Match(receivers, []story.Development{d}, about)
	if len(alerts) != 1 || !slices.Equal(alerts[0].Receivers, []string{"broken"}) {
		t.Errorf("%d alerts, want one for the receiver whose rule failed", len(alerts))
	}
	if err == nil || !strings.Contains(err.Error(), `rule of receiver "broken"`) {
		t.Errorf("error = %v, want it to name the receiver", err)
	}
}

func TestTheSameNewsMakesTheSameAlertAndOtherNewsAnother(t *testing.T) {
	d, about := arabicTrip()
	first, again := alertOf(t, d, about), alertOf(t, d, about)
	if first.ID != again.ID || string(first.Data) != string(again.Data) || !first.CreatedAt.Equal(again.CreatedAt) {
		t.Errorf("judged twice, the alert differs: %s and %s", first.ID, again.ID)
	}
	if !strings.HasPrefix(first.ID, "al_") || len(first.ID) != 3+32 {
		t.Errorf("id = %q", first.ID)
	}
	ids := map[string]bool{first.ID: true}
	other := d
	other.ID = "dev_other"
	otherKind := d
	otherKind.Kind = story.PlanChange
	for _, d := range []story.Development{other, otherKind} {
		if a := alertOf(t, d, about); ids[a.ID] {
			t.Errorf("%s %s has the id of another alert", d.ID, d.Kind)
		} else {
			ids[a.ID] = true
		}
	}
}

func TestEventsReachThoseTheyConcern(t *testing.T) {
	for _, c := range []struct {
		name    string
		event   Event
		stories []string
		when    string
		hears   bool
	}{
		{"a failing source, no wishes", failingSource(), nil, "", true},
		{"a failing source concerns every story", failingSource(), []string{"marren-flood"}, "", true},
		{"a failing source against the rule", failingSource(), nil, `kind == "planned_event"`, false},
		{"a failing source, developments alone wanted", failingSource(), nil, `kind != ""`, false},
		{"a failing source asked for by type", failingSource(), nil, `type startsWith "source."`, true},
		{"a failing source asked for by its note", failingSource(), nil, `text contains "consent"`, true},
		{"a failing source, another asked for", failingSource(), nil, `source == "desk-ar"`, false},
		{"a new article, nothing asked for", newArticle(), nil, "", false},
		{"a new article, asked for by type", newArticle(), nil, `type == "article.new"`, true},
		{"a new article, everything asked for", newArticle(), nil, "true", true},
		{"a removed article of its story", removedArticle(), []string{"summit"}, "", true},
		{"a removed article of another story", removedArticle(), []string{"marren-flood"}, "", false},
		{"a removed article by rule over its story", removedArticle(), nil, `story == "summit"`, true},
		{"a removed article by title", removedArticle(), nil, `text contains "جولة إقليمية"`, true},
		{"a removed article, in another language", removedArticle(), nil, `lang == "en"`, false},
	} {
		a, err := SourceEvent([]config.Receiver{{Name: "desk", Stories: c.stories, When: rule(t, c.when)}}, c.event)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if hears := a != nil; hears != c.hears {
			t.Errorf("%s: the receiver hears: %v, want %v", c.name, hears, c.hears)
		}
	}
}

func TestEventsAreToldApartByTypePlaceAndTime(t *testing.T) {
	ids := map[string]string{}
	add := func(what string, e Event) {
		id := eventAlertOf(t, e).ID
		if before, taken := ids[id]; taken {
			t.Errorf("%s has the id of %s", what, before)
		}
		ids[id] = what
	}
	e := failingSource()
	add("failing", e)
	e.At = e.At.AddDate(0, 0, 1)
	add("failing a day later", e)
	e.Type = SourceRecovered
	add("recovered", e)
	e.Page.URL += "world/"
	add("another page", e)
	add("removed", removedArticle())
	if again := eventAlertOf(t, failingSource()); ids[again.ID] != "failing" {
		t.Error("the same event made another id")
	}
}

func TestARuleThatFailsOnAnEventTellsItsReceiver(t *testing.T) {
	a, err := SourceEvent([]config.Receiver{{Name: "broken", When: rule(t, `text == "" or who[5] == "somebody"`)}}, failingSource())
	if a == nil || !slices.Equal(a.Receivers, []string{"broken"}) || err == nil {
		t.Errorf("SourceEvent = %v, %v; want an alert and the fault", a, err)
	}
}

// rule reads a rule; the empty one takes everything.
func rule(t testing.TB, text string) config.When {
	t.Helper()
	if text == "" {
		return config.When{}
	}
	w, err := config.ParseWhen(text)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
