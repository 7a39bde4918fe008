package config

import (
	"strings"
	"testing"
	"time"
)

func TestRulesDecide(t *testing.T) {
	env := RuleEnv{
		Kind: "planned_event", Kinds: []string{"planned_event", "quote_added"}, Importance: 0.7, Confidence: 0.9, Story: "tour", Source: "wire",
		Lang: "ar", Countries: []string{"IQ", "QA"}, Who: []string{"بلينكن"}, Text: "بلينكن يزور الدوحة", Type: "development.planned_event",
	}
	for rule, want := range map[string]bool{
		`kind in ["planned_event", "plan_change"] or importance >= 0.6`: true,
		`kind == "removal"`:                                             false,
		`"quote_added" in kinds`:                                        true,
		`any(kinds, # == "correction")`:                                 false,
		`none(kinds, {# in ["correction", "reversal"]})`:                true,
		`importance > 0.5 and confidence > 0.95`:                        false,
		`story == "tour" && source != "radio"`:                          true,
		`lang in ["ar", "fa"]`:                                          true,
		`"IQ" in countries and "بلينكن" in who`:                         true,
		`text contains "الدوحة"`:                                        true,
		`text matches "(?i)doha"`:                                       false,
		`type startsWith "development."`:                                true,
		`type == "development.planned_event"`:                           true,
		`len(who) == 1 and first(who) == "بلينكن"`:                      true,
		`count(countries, # == "IQ") == 1`:                              true,
		`let high = importance > 0.5; high and not (kind == "removal")`: true,
		`kind == "planned_event" ? importance > 0.9 : true`:             false,
		`true`: true,
	} {
		w, err := ParseWhen(rule)
		if err != nil {
			t.Errorf("%s: %v", rule, err)
			continue
		}
		if got, err := w.Match(env); err != nil || got != want {
			t.Errorf("%s: %v, %v", rule, got, err)
		}
	}
}

func TestTheZeroRuleWantsEverything(t *testing.T) {
	if wants, err := (When{}).Match(RuleEnv{}); err != nil || !wants {
		t.Errorf("%v, %v", wants, err)
	}
	if wants, err := (When{Text: `kind == "removal"`}).Match(RuleEnv{}); err == nil || wants {
		t.Error("a rule that was not read wants something")
	}
}

// What can be decided without an alert is; what cannot counts as possible.
func TestRulesThatCanNeverBeTrue(t *testing.T) {
	a := audience{hears: []string{"tour"}, stories: []string{"tour", "talks"}, sources: []string{"wire"}}
	for rule, never := range map[string]bool{
		`false`:              true,
		`1 > 2`:              true,
		`2 > 1`:              false,
		`importance > 1`:     true,
		`importance >= 1`:    false,
		`confidence < 0`:     true,
		`0 > importance`:     true,
		`importance == 2`:    true,
		`importance != 2`:    false,
		`importance > -1`:    false,
		`importance <= -0.5`: true,
		`kind == "removal" and kind == "reversal"`:   true,
		`kind == "removal" or kind == "reversal"`:    false,
		`kind in ["reword", "reorder"]`:              true,
		`kind in ["reword", "removal"]`:              false,
		`kind not in ["removal"]`:                    false,
		`kind != "reword"`:                           false,
		`"reword" in kinds`:                          false,
		`not true`:                                   true,
		`!(kind == "removal" || kind != "removal")`:  true,
		`kind == ""`:                                 false,
		`story == "talks"`:                           true, // the receiver does not hear of it
		`story == "tour"`:                            false,
		`story != "tour"`:                            false, // an event of a source belongs to no story
		`story in ["talks"]`:                         true,
		`text contains "x" and false`:                true,
		`text contains "x" or false`:                 false,
		`kind == "removal" ? false : importance > 2`: true,
		`importance > 2 ? true : kind == "removal"`:  false,
		`lang == "ar" ? false : false`:               true,
		`source == "wire" and importance > 3`:        true,
		`kind == lang`:                               false,
		`kind in [lang]`:                             false,
	} {
		_, faults := parseWhen(rule, a)
		if got := len(faults) == 1 && strings.HasPrefix(faults[0].Error(), "can never be true"); got != never {
			t.Errorf("%s: %v", rule, faults)
		} else if !never && faults != nil {
			t.Errorf("%s: refused: %v", rule, faults)
		}
	}
}

// What the table of bad files does not have room for.
func TestRulesAreRefusedWithTheirColumn(t *testing.T) {
	for rule, want := range map[string]string{
		`$env.kind == "removal"`:      `column 1: unknown name "$env"`,
		`repeat(text, 1000) == ""`:    `column 1: calls repeat, which rules do not have`,
		`fetch("https://x.example")`:  `column 1: unknown name "fetch"`,
		`1..3 == who`:                 `column 2: makes a list with ..`,
		`any(1..3, # > 2)`:            `column 6: makes a list with ..`,
		`kind == "removal" kind`:      `column 19: does not understand "kind" here`,
		`importance > 0.5 # high`:     `column 18: does not understand "#" here`,
		`who > 3`:                     `column 5: > does not go between a list and a number`,
		`true > 1`:                    `column 6: > does not go between a truth value and a number`,
		`any(who, "x")`:               `column 10: gives a text, needs something that is true or false`,
		`kind == "removal`:            `column 17: a text begins here`,
		`kind ==`:                     `column 7: the rule ends too early`,
		`kind.length > 1`:             `column 6: a text has no part length`,
		`text matches "("`:            `column 6: is not a regular expression: missing closing ): "("`,
		`len(kind, who) > 1`:          `column 1: invalid number of arguments`,
		`importance + 1`:              `gives a number, needs something that is true or false`,
		`kind == "removal" and § > 1`: `column 23: does not understand this character here`,
		`1 % 0 == 1`:                  `column 3: integer divide by zero`, `1 % len(who) == 0`: `gives no answer for an alert without`,
		`story ?? true`:                    `gives no answer for an alert without`,
		`type == "development.removl"`:     `column 9: no development is of kind "removl"; did you mean removal?`,
		`any(countries, {# in ["iraq"]})`:  `column 23: "iraq" is not a country`,
		"kind == 'removal' or\n  knd > 1":  `line 2 of the rule, column 3: unknown name "knd"; did you mean kind?`,
		strings.Repeat(" ", 2001) + "true": `is longer than 2000 bytes`,
		strings.Repeat("!", 600) + "true":  `column 604: has more than 500 parts`,
	} {
		_, err := ParseWhen(rule)
		if err == nil || !strings.HasPrefix(err.Error(), "rule: "+want) {
			t.Errorf("%s:\n got %v\nwant rule: %s…", rule, err, want)
		}
	}
}

// The costliest rule that fits, over the longest lists that count, is decided quickly.
func TestRulesAreDecidedQuickly(t *testing.T) {
	part := `all(who, # contains "x") or `
	rule, err := ParseWhen(strings.Repeat(part, 60) + "false or kind == 'removal'")
	if err != nil {
		t.Fatal(err)
	}
	env := RuleEnv{Who: make([]string, 1_000_000)}
	for i := range env.Who {
		env.Who[i] = "x"
	}
	env.Who[maxRuleList-1] = "y"
	start := time.Now()
	if wants, err := rule.Match(env); err != nil || wants {
		t.Errorf("%v, %v", wants, err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
	if len(env.Who) != 1_000_000 {
		t.Error("the caller's list was cut")
	}
}

// Whatever the rule, reading it does not panic, and one that is read can be asked.
func FuzzParseWhen(f *testing.F) {
	for _, rule := range []string{`kind in ["removal"]`, `any(who, # == "x")`, `importance > 0.5 ? true : false`, `let x = 1; x > 2`, `text[1:] == ""`, `{"a": 1}.a > 2`,
		`who | first() == "x"`, `kinds?.[0] == nil`, `[1, 2][0] > importance`, `not (("x" in who))`, `len(text) % 3 == 1`} {
		f.Add(rule)
	}
	env := RuleEnv{Kind: "removal", Kinds: []string{"removal"}, Who: []string{"a", "b"}, Text: "text", Countries: []string{"IQ"}}
	f.Fuzz(func(t *testing.T, rule string) {
		w, err := ParseWhen(rule)
		if err != nil {
			return
		}
		if _, err := w.Match(RuleEnv{}); err != nil {
			t.Errorf("%q: %v", rule, err)
		}
		_, _ = w.Match(env)
	})
}
