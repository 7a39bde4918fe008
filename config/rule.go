package config

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// When is the rule of a receiver over RuleEnv. It is made by ParseWhen; the zero When takes everything. A When may be used
// by several goroutines at once.
type When struct {
	Text    string // as written
	program *vm.Program
}

// RuleEnv is what a receiver's rule may speak of.
type RuleEnv struct {
	Kind       string   `expr:"kind"`
	Kinds      []string `expr:"kinds"`
	Importance float64  `expr:"importance"`
	Confidence float64  `expr:"confidence"`
	Story      string   `expr:"story"`
	Source     string   `expr:"source"`
	Lang       string   `expr:"lang"`
	Countries  []string `expr:"countries"`
	Who        []string `expr:"who"`
	Text       string   `expr:"text"` // headline and evidence
	Type       string   `expr:"type"` // the alert's type
}

// Limits of a rule. The language has no limit of time of its own: it is bounded by the size of the rule, by the lists it
// sees, and by allowing no loop inside a loop.
const (
	maxRule     = 2000 // bytes
	maxNodes    = 500
	maxRuleList = 1000 // entries of a list that a rule sees; more are cut
)

// functions are the ones a rule may call: pure, and with results no larger than what goes in.
var functions = []string{
	"all", "any", "one", "none", "filter", "map", "count", "len", "first", "last", "lower", "upper", "trim",
	"hasPrefix", "hasSuffix", "indexOf", "abs", "min", "max",
}

// ParseWhen reads a rule. The error says at which column (counted in characters, from 1) something is wrong.
func ParseWhen(text string) (When, error) {
	w, faults := parseWhen(text, audience{})
	if faults != nil {
		return When{}, fmt.Errorf("rule: %w", errors.Join(faults...))
	}
	return w, nil
}

// Match reports whether a rule wants an alert. Lists beyond 1,000 entries are cut.
func (w When) Match(env RuleEnv) (bool, error) {
	if w.program == nil {
		if w.Text != "" {
			return false, fmt.Errorf("rule %s was not made by ParseWhen", quote(w.Text))
		}
		return true, nil
	}
	for _, list := range []*[]string{&env.Kinds, &env.Countries, &env.Who} {
		*list = (*list)[:min(len(*list), maxRuleList)]
	}
	out, err := expr.Run(w.program, env)
	if err != nil {
		return false, fmt.Errorf("rule %s: %w", quote(w.Text), errors.New(message(err)))
	}
	wants, ok := out.(bool)
	if !ok {
		return false, fmt.Errorf("rule %s did not end in true or false", quote(w.Text))
	}
	return wants, nil
}

// String returns the rule as written.
func (w When) String() string { return w.Text }

// audience is what the file says around a rule. Without one, names of stories and sources are not checked.
type audience struct {
	hears            []string // stories of the receiver; empty: all
	stories, sources []string // of the file
}

// parseWhen reads a rule in a file and returns all that is wrong with it.
func parseWhen(text string, a audience) (When, []error) {
	switch {
	case strings.TrimSpace(text) == "":
		return When{}, []error{errors.New("is empty; remove the key to hear of everything")}
	case len(text) > maxRule:
		return When{}, []error{fmt.Errorf("is longer than %d bytes; split it over several receivers", maxRule)}
	}
	tree, err := parser.Parse(text)
	if err != nil {
		return When{}, []error{ruleError(text, err)}
	}
	if faults := checkRule(text, tree.Node, a); faults != nil {
		return When{}, faults
	}
	program, err := compileRule(text)
	if err != nil {
		return When{}, []error{ruleError(text, err)}
	}
	if neverTrue(tree.Node, a) {
		return When{}, []error{errors.New("can never be true, so nothing would ever be sent" + quietHint(tree.Node))}
	}
	w := When{text, program}
	if _, err := w.Match(RuleEnv{}); err != nil {
		return When{}, []error{errors.New("gives no answer for an alert without names, countries and text; ask with in, as in \"IQ\" in countries, not by position")}
	}
	return w, nil
}

// compileRule makes the program. Functions are allowed by name: the language has some that read clocks or build long texts.
func compileRule(text string) (*vm.Program, error) {
	options := []expr.Option{expr.Env(RuleEnv{}), expr.AsBool(), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins()}
	for _, f := range functions {
		options = append(options, expr.EnableBuiltin(f))
	}
	return expr.Compile(text, options...)
}

// fieldNames lists what a rule may speak of, from the tags of RuleEnv.
func fieldNames() []string {
	var all []string
	for f := range reflect.TypeFor[RuleEnv]().Fields() {
		all = append(all, f.Tag.Get("expr"))
	}
	return all
}

// atColumn begins a complaint about a rule with where in it.
func atColumn(text string, from int, format string, args ...any) error {
	line, column := 1, 1
	for i, r := range []rune(text) {
		if i == from {
			break
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	where := fmt.Sprintf("column %d", column)
	if strings.Contains(strings.TrimSpace(text), "\n") {
		where = fmt.Sprintf("line %d of the rule, column %d", line, column)
	}
	return fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...))
}

// message is what the library says, without its drawing of the place.
func message(err error) string {
	var f *file.Error
	if errors.As(err, &f) {
		return f.Message
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

// ruleError turns a complaint of the library into a sentence.
func ruleError(text string, err error) error {
	var f *file.Error
	if !errors.As(err, &f) {
		return errors.New(ruleSentence(message(err)))
	}
	return atColumn(text, f.From, "%s", ruleSentence(f.Message))
}

var mismatch = regexp.MustCompile(`^invalid operation: (\S+) \(mismatched types (\S+) and (\S+)\)`)

var notTruth = regexp.MustCompile(`^(?:expected bool, but got |predicate should return boolean \(got )([^ )]+)`)

var noField = regexp.MustCompile(`^type (\S+) has no (?:field|method) (\S+)$`)

// ruleSentence says in plain words what the library says of tokens and Go types.
func ruleSentence(message string) string {
	if m := mismatch.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("%s does not go between %s and %s", m[1], typeName(m[2]), typeName(m[3]))
	}
	if m := notTruth.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf(`gives %s, needs something that is true or false, such as kind == "planned_event"`, typeName(m[1]))
	}
	token, unexpected := strings.CutPrefix(message, "unexpected token ")
	switch {
	case strings.Contains(message, "exceeds maximum allowed nodes"):
		return fmt.Sprintf("has more than %d parts; split it over several receivers", maxNodes)
	case unexpected && strings.HasPrefix(token, "EOF"):
		return "the rule ends too early; if it goes on with a #, put all of it in ' '"
	case unexpected && strings.HasPrefix(token, `Operator("=")`):
		return "one = compares nothing; write =="
	case unexpected:
		return "does not understand " + tokenText(token) + " here"
	case message == "literal not terminated":
		return "a text begins here and its closing quote is missing"
	case strings.HasPrefix(message, "unrecognized character"):
		return "does not understand this character here"
	}
	if fault, ok := strings.CutPrefix(message, "error parsing regexp: "); ok {
		return "is not a regular expression: " + expressionFault(fault)
	}
	if m := noField.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("%s has no part %s", typeName(m[1]), m[2])
	}
	return message
}

// tokenText takes the written part out of a token as the library prints it: Operator("=").
func tokenText(token string) string {
	_, inner, ok := strings.Cut(token, "(")
	if !ok {
		return "what stands"
	}
	return strings.TrimSuffix(inner, ")")
}

// typeName says a Go type as a person would.
func typeName(t string) string {
	switch {
	case strings.HasPrefix(t, "[]"):
		return "a list"
	case t == "string":
		return "a text"
	case slices.Contains([]string{"int", "float64"}, t):
		return "a number"
	case t == "bool":
		return "a truth value"
	}
	return t
}
