package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// version is what the history of an article says of one state.
type version struct {
	ID      string          `json:"id"`
	Number  int             `json:"number"`
	Content json.RawMessage `json:"content"`
}

// recorded is an alert as the program lists it.
type recorded struct {
	Deliveries []struct {
		ID    string `json:"id"`
		State string `json:"state"`
	} `json:"deliveries"`
}

// stored is what the program says it knows.
type stored struct {
	versions int
	baseline map[string]bool   // tokens that stood in a first version: known from the start, so never told
	tokens   map[string]string // later tokens, with the version each came with
	alerts   []recorded
	damage   int
	broken   bool // verify ended with another code than 0
}

// tally is what the comparison found. All but doubled must be zero.
type tally struct {
	unheard  []string // stored tokens that the desk never heard
	twice    []string // tokens told under more than one id
	unknown  []string // tokens told that are not stored
	lost     []string // recorded deliveries that never arrived
	strange  []string // ids that arrived and are not recorded
	pending  []string // recorded deliveries that are not done
	payloads []string // ids with more than one body
	doubled  int      // deliveries that repeated an id
	forged   int
}

// check asks the program what it has stored, compares it with what the desk heard, and prints the one line of the result.
func check(ctx context.Context, s settings, p *program, press *press, desk *desk, took time.Duration) error {
	known, err := inspect(ctx, p)
	if err != nil {
		return err
	}
	t := compare(known, desk)
	t.explain(known)
	verify := "clean"
	if known.damage > 0 || known.broken {
		verify = fmt.Sprintf("%d DAMAGED", known.damage)
	}
	fmt.Printf("%d kills in %.0f s · %d changes published · %d versions stored · %d alerts · %d lost · %d unheard · %d told twice · "+
		"%d doubled deliveries (same id) · %d ids with two payloads · %d pending · %d bad signatures · verify %s\n",
		s.kills, took.Seconds(), press.published(), known.versions, len(known.alerts), len(t.lost)+len(t.strange), len(t.unheard)+len(t.unknown),
		len(t.twice), t.doubled, len(t.payloads), len(t.pending), t.forged, verify)
	return t.judge(s, known)
}

// inspect reads everything back through the program's own commands.
func inspect(ctx context.Context, p *program) (stored, error) {
	known := stored{baseline: map[string]bool{}, tokens: map[string]string{}}
	var verify struct {
		Versions int               `json:"versions"`
		Damage   []json.RawMessage `json:"damage"`
	}
	code, err := p.ask(ctx, &verify, "verify", "--json")
	if err != nil {
		return known, err
	}
	known.versions, known.damage, known.broken = verify.Versions, len(verify.Damage), code != 0

	var articles []struct {
		ID string `json:"id"`
	}
	if _, err := p.ask(ctx, &articles, "articles", "--json", "--limit", "100000"); err != nil {
		return known, err
	}
	for _, a := range articles {
		var versions []version
		if _, err := p.ask(ctx, &versions, "history", "--json", a.ID); err != nil {
			return known, err
		}
		known.learn(versions)
	}
	_, err = p.ask(ctx, &known.alerts, "alerts", "--json", "--limit", "1000000")
	return known, err
}

// learn takes the tokens of an article's versions, each with the version it first stood in.
func (k *stored) learn(versions []version) {
	slices.SortFunc(versions, func(a, b version) int { return a.Number - b.Number })
	for _, v := range versions {
		for _, t := range token.FindAllString(string(v.Content), -1) {
			if v.Number == 1 {
				k.baseline[t] = true
			} else if _, seen := k.tokens[t]; !seen && !k.baseline[t] {
				k.tokens[t] = v.ID
			}
		}
	}
}

// compare holds what is stored against what was heard.
func compare(known stored, desk *desk) tally {
	desk.mu.Lock()
	defer desk.mu.Unlock()
	t := tally{forged: desk.forged}
	for tok := range known.tokens {
		if len(desk.told[tok]) == 0 {
			t.unheard = append(t.unheard, tok)
		}
	}
	for tok, ids := range desk.told {
		if len(ids) > 1 {
			t.twice = append(t.twice, tok)
		}
		if known.tokens[tok] == "" && !known.baseline[tok] {
			t.unknown = append(t.unknown, tok)
		}
	}
	rows := map[string]bool{}
	for _, a := range known.alerts {
		for _, d := range a.Deliveries {
			rows[d.ID] = true
			if desk.times[d.ID] == 0 {
				t.lost = append(t.lost, d.ID)
			}
			if d.State != "delivered" {
				t.pending = append(t.pending, d.ID+" is "+d.State)
			}
		}
	}
	for id, n := range desk.times {
		t.doubled += n - 1
		if !rows[id] {
			t.strange = append(t.strange, id)
		}
		if len(desk.bodies[id]) > 1 {
			t.payloads = append(t.payloads, id)
		}
	}
	return t
}

// faults names what must be empty.
func (t tally) faults() map[string][]string {
	return map[string][]string{
		"stored but never told": t.unheard, "told under two ids": t.twice, "told but not stored": t.unknown,
		"recorded but never arrived": t.lost, "arrived but not recorded": t.strange, "not delivered": t.pending,
		"one id with two bodies": t.payloads,
	}
}

// explain prints the first few of everything that should not be.
func (t tally) explain(known stored) {
	faults := t.faults()
	for _, what := range slices.Sorted(maps.Keys(faults)) {
		all := slices.Sorted(slices.Values(faults[what]))
		for i, one := range all {
			if i == 5 {
				fmt.Printf("%s: … and %d more\n", what, len(all)-i)
				break
			}
			fmt.Printf("%s: %s %s\n", what, one, known.tokens[one])
		}
	}
}

// judge returns an error when anything was lost, told wrongly or damaged, or when the run proved nothing.
func (t tally) judge(s settings, known stored) error {
	var wrong []error
	for what, all := range t.faults() {
		if len(all) > 0 {
			wrong = append(wrong, fmt.Errorf("%d %s", len(all), what))
		}
	}
	if t.forged > 0 {
		wrong = append(wrong, fmt.Errorf("%d signatures did not hold", t.forged))
	}
	if known.damage > 0 || known.broken {
		wrong = append(wrong, errors.New("verify found damage"))
	}
	if len(known.tokens) < s.kills {
		wrong = append(wrong, fmt.Errorf("only %d changes stored in %d lives: too few to prove anything", len(known.tokens), s.kills))
	}
	return errors.Join(wrong...)
}
