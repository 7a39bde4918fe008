package config

import (
	"errors"
)

// formats are the forms in which an alert can be sent.
var formats = []string{"json"}

// decodeReceivers reads whom to tell, and refuses those that nothing could ever reach: a desk that waits in vain finds out
// when it is too late.
func decodeReceivers(groups []group, stories, sources []string) []Receiver {
	var all []Receiver
	seen := map[string]group{}
	for _, g := range groups {
		r := Receiver{
			Name:    g.entryName(seen),
			URL:     g.receiverAddress(),
			Secrets: g.secrets(),
			Format:  g.choice("format", DefaultFormat, formats...),
			Stories: g.texts("stories", oneOf("story", stories)),
			Allow:   g.networks("allow"),
		}
		if n := g.find("stories"); n != nil && n.kind == list && len(n.items) == 0 {
			g.d.complain(n, g.at.key("stories"), "is empty, so nothing would ever be sent; name stories, or remove the key to hear of all")
		}
		if len(stories) == 0 && g.node != nil {
			g.d.complain(g.node, g.at, "would never hear anything, because the file has no story; add one under stories")
		}
		r.When = g.when(audience{hears: r.Stories, stories: stories, sources: sources})
		all = append(all, r)
	}
	return all
}

// receiverAddress reads an address that may hold a token, and so never shows.
func (g group) receiverAddress() Secret {
	if !g.has("url") {
		g.missing("url", "add the address that alerts are sent to")
		return Secret{}
	}
	return NewSecret(g.unseen("url", "", checkAddress))
}

// secrets reads the signing secret, or several while one is being replaced.
func (g group) secrets() []Secret {
	switch {
	case g.has("secret") && g.has("secrets"):
		g.d.complain(g.find("secrets"), g.at.key("secrets"), "stands beside secret; keep one of the two keys")
		return nil
	case !g.has("secret") && !g.has("secrets"):
		g.missing("secret", "alerts are signed with it; "+makeSecret+", best as secret: ${DESK_SECRET}")
		return nil
	case g.has("secret"):
		if text := g.unseen("secret", "", checkSigning); text != "" {
			return []Secret{NewSecret(text)}
		}
		return nil
	}
	var all []Secret
	values := g.values("secrets")
	for _, v := range values {
		if err := checkSigning(v.text); err != nil {
			v.wrongUnseen(err)
			continue
		}
		all = append(all, NewSecret(v.text))
	}
	if n := g.find("secrets"); n.kind == list && (len(n.items) == 0 || len(n.items) > maxSecrets) {
		g.d.complain(n, g.at.key("secrets"), "has %d entries, needs 1 to %d; %s", len(n.items), maxSecrets, makeSecret)
	}
	return all
}

// when reads the rule of a receiver.
func (g group) when(a audience) When {
	v, ok := g.scalar("when")
	if !ok {
		return When{}
	}
	w, faults := parseWhen(v.text, a)
	if faults != nil && !v.safe {
		faults = []error{errors.New("is not a rule; look at what the variable holds (it is not shown)")}
	}
	for _, fault := range faults {
		// A rule is long and the column says where to look, so it is not repeated.
		v.wrongUnseen(fault)
	}
	return w
}
