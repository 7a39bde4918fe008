package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// expand puts the environment into a text: ${NAME} and ${NAME:-default}, in one pass, so that what a variable holds is
// never expanded again. $$ stands for one $; a $ before anything else stays. It reports whether a variable was used,
// since such a text must not be shown. Errors name the variable and never its value.
func expand(text string, getenv func(string) (string, bool)) (expanded string, used bool, err error) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "$")
		b.WriteString(before)
		switch {
		case !found:
			return b.String(), used, nil
		case strings.HasPrefix(after, "$"):
			b.WriteByte('$')
			text = after[1:]
		case strings.HasPrefix(after, "{"):
			inner, rest, closed := strings.Cut(after[1:], "}")
			if !closed {
				return "", used, errors.New("has ${ without a closing }; write ${NAME}, or $${ for the characters themselves")
			}
			value, err := variable(inner, getenv)
			if err != nil {
				return "", used, err
			}
			b.WriteString(value)
			used, text = true, rest
		default:
			b.WriteByte('$')
			text = after
		}
	}
}

// variable looks up what stands between the braces of ${…}.
func variable(inner string, getenv func(string) (string, bool)) (string, error) {
	name, fallback, hasFallback := strings.Cut(inner, ":-")
	if !variableName.MatchString(name) {
		return "", errors.New("has a ${…} that names no variable; a name is letters, digits and _, as in ${DESK_SECRET} or ${PORT:-8383}; write $${ for the characters themselves")
	}
	if strings.Contains(fallback, "${") {
		return "", fmt.Errorf("has a variable inside the default of ${%s}; write the default as plain text", name)
	}
	value, set := getenv(name)
	switch {
	case value != "":
		return value, nil
	case hasFallback:
		return fallback, nil
	case set:
		return "", fmt.Errorf("needs the environment variable %s, which is set but empty; give it a value, or write ${%s:-} where empty is meant", name, name)
	default:
		return "", fmt.Errorf("needs the environment variable %s, which is not set; set it, or give a default: ${%s:-…}", name, name)
	}
}
