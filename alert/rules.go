package alert

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

// Match decides which receivers must hear of the developments, and writes the alerts: one for each development that alerts
// and that at least one receiver wants. A receiver whose rule cannot be evaluated is told: better one alert too many than one
// too few. The error then names the receiver and the rule's fault; the alerts beside it are complete.
func Match(receivers []config.Receiver, developments []story.Development, about Context) ([]story.Alert, error) {
	var alerts []story.Alert
	var faults []error
	for _, d := range developments {
		if !d.Alerts {
			continue
		}
		names, err := listeners(receivers, ruleEnvs(d, about))
		faults = append(faults, err)
		if len(names) == 0 {
			continue
		}
		a, err := developmentAlert(d, about)
		if err != nil {
			return nil, err
		}
		a.Receivers = names
		alerts = append(alerts, a)
	}
	return alerts, errors.Join(faults...)
}

// SourceEvent writes the alert of an event, or returns nil when no receiver wants it. A receiver that is narrowed to some
// stories hears what befalls a source all the same, unless its rule speaks against it: a source that has gone silent
// concerns every story. New articles are only for a receiver whose rule wants them: they would ring for every outlet that
// carries what is known. Errors are as Match's: those of rules come with a complete alert.
func SourceEvent(receivers []config.Receiver, e Event) (*story.Alert, error) {
	names, fault := listeners(receivers, eventEnvs(e))
	if len(names) == 0 {
		return nil, fault
	}
	a, err := eventAlert(e)
	if err != nil {
		return nil, err
	}
	a.Receivers = names
	return &a, fault
}

// listeners returns the names of the receivers that want any of the environments, in the order of the configuration. One
// alert has one environment for each story it belongs to.
func listeners(receivers []config.Receiver, envs []config.RuleEnv) ([]string, error) {
	var names []string
	var faults []error
	for _, r := range receivers {
		wants, err := wantsAny(r, envs)
		if err != nil {
			faults = append(faults, fmt.Errorf("rule of receiver %q: %w", r.Name, err))
		}
		if wants {
			names = append(names, r.Name)
		}
	}
	return names, errors.Join(faults...)
}

func wantsAny(r config.Receiver, envs []config.RuleEnv) (bool, error) {
	for _, env := range envs {
		if env.Story != "" && len(r.Stories) > 0 && !slices.Contains(r.Stories, env.Story) {
			continue
		}
		if env.Type == ArticleNew && r.When.String() == "" {
			continue
		}
		wants, err := r.When.Match(env)
		if err != nil {
			return true, err
		}
		if wants {
			return true, nil
		}
	}
	return false, nil
}

func ruleEnvs(d story.Development, about Context) []config.RuleEnv {
	texts := []string{d.Headline}
	for _, e := range d.Evidence {
		texts = append(texts, e.Text)
	}
	env := config.RuleEnv{
		Type: developmentType(d), Kind: string(d.Kind), Importance: d.Importance, Confidence: d.Confidence, Story: d.Story,
		Source: about.Version.Source, Lang: d.Lang, Who: d.Who, Text: strings.Join(texts, "\n"),
	}
	for _, k := range kindsOf(d) {
		env.Kinds = append(env.Kinds, string(k))
	}
	for _, p := range d.Where {
		if p.Country != "" && !slices.Contains(env.Countries, p.Country) {
			env.Countries = append(env.Countries, p.Country)
		}
	}
	return []config.RuleEnv{env}
}

func eventEnvs(e Event) []config.RuleEnv {
	env := config.RuleEnv{Type: e.Type, Source: e.Page.Source, Text: e.Page.Note}
	if e.Version != nil {
		env.Lang = e.Version.Article.Lang
		env.Text = strings.TrimSpace(e.Version.Article.Title + "\n" + e.Page.Note)
	}
	if len(e.Stories) == 0 {
		return []config.RuleEnv{env}
	}
	var envs []config.RuleEnv
	for _, name := range e.Stories {
		env.Story = name
		envs = append(envs, env)
	}
	return envs
}

func developmentType(d story.Development) string { return "development." + string(d.Kind) }

// kindsOf returns all kinds of a development, its own first.
func kindsOf(d story.Development) []story.Kind {
	kinds := []story.Kind{d.Kind}
	for _, k := range d.Kinds {
		if !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
