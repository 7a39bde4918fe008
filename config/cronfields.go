package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// cronField is one field of a cron line.
type cronField struct {
	name        string
	least, most int
	words       []string // names of the values from least on
}

var cronFields = []cronField{
	{"second", 0, 59, nil},
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day", 1, 31, nil},
	{"month", 1, 12, []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	{"weekday", 0, 7, []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}},
}

// checkFields says in words of a person what the library would not, and returns six fields that it reads as meant: with
// seconds, and with Sunday as 0 only.
func checkFields(fields []string) ([]string, error) {
	for _, f := range fields {
		if strings.HasPrefix(f, ",") || strings.HasSuffix(f, ",") {
			return nil, fmt.Errorf("has a comma with nothing beside it: %s; write numbers with commas and no blanks, as in 8,20", quote(f))
		}
	}
	switch len(fields) {
	case 5:
		fields = append([]string{"0"}, fields...)
	case 6:
		fields = slices.Clone(fields)
	default:
		return nil, fmt.Errorf("has %s, needs 5 (minute hour day month weekday)", count(len(fields), "field"))
	}
	for i, f := range cronFields {
		for _, part := range strings.Split(fields[i], ",") {
			if err := f.check(part); err != nil {
				return nil, err
			}
		}
	}
	fields[5] = foldSunday(fields[5])
	return fields, nil
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// check judges one entry of a field: *, 5, 1-5, */15, 10-50/20, mon-fri.
func (f cronField) check(part string) error {
	span, step, stepped := strings.Cut(part, "/")
	if stepped {
		n, err := strconv.ParseUint(step, 10, 16)
		if err != nil || n == 0 {
			return fmt.Errorf("has a step in the %s field that is not a number above 0: %s", f.name, quote(part))
		}
		if int(n) > f.most-f.least {
			return fmt.Errorf("has a step in the %s field that is longer than the field: %s; it goes from %d to %d", f.name, quote(part), f.least, f.most)
		}
	}
	if span == "*" || span == "?" {
		return nil
	}
	low, high, ranged := strings.Cut(span, "-")
	from, err := f.value(low)
	if err != nil {
		return err
	}
	if !ranged {
		return nil
	}
	to, err := f.value(high)
	if err != nil {
		return err
	}
	if f.endOf(high, to) < from {
		return fmt.Errorf("has a range in the %s field that runs backwards: %s; write it as two, with a comma", f.name, quote(part))
	}
	return nil
}

// value reads a number or a name.
func (f cronField) value(text string) (int, error) {
	if i := slices.Index(f.words, strings.ToLower(text)); i >= 0 {
		return f.least + i, nil
	}
	n, err := strconv.ParseUint(text, 10, 16)
	switch {
	case text == "":
		return 0, fmt.Errorf("has an empty entry in the %s field; write *, a number, a range such as 1-5, or several with commas", f.name)
	case err != nil && f.words != nil:
		return 0, fmt.Errorf("has %s in the %s field, which is neither a number nor a name such as %s", quote(text), f.name, f.words[1])
	case err != nil:
		return 0, fmt.Errorf("has %s in the %s field, which is not a number", quote(text), f.name)
	case int(n) < f.least || int(n) > f.most:
		return 0, fmt.Errorf("has %d in the %s field, which goes from %d to %d", n, f.name, f.least, f.most)
	}
	return int(n), nil
}

// endOf is the end of a range: a week may end with sun.
func (f cronField) endOf(word string, value int) int {
	if f.name == "weekday" && strings.EqualFold(word, "sun") {
		return 7
	}
	return value
}

// foldSunday writes a weekday field that has been checked without a 7, as single days where it has to.
func foldSunday(field string) string {
	f := cronFields[5]
	parts := strings.Split(field, ",")
	for i, part := range parts {
		span, step, _ := strings.Cut(part, "/")
		low, high, ranged := strings.Cut(span, "-")
		from, err := f.value(low)
		if err != nil { // * and ?
			continue
		}
		to := from
		switch {
		case ranged:
			n, err := f.value(high)
			if err != nil {
				return field
			}
			to = f.endOf(high, n)
		case step != "":
			to = 6
		}
		if to != 7 && from != 7 {
			continue
		}
		by := 1
		if n, err := strconv.Atoi(step); err == nil {
			by = n
		}
		parts[i] = days(from, to, by)
	}
	return strings.Join(parts, ",")
}

// days lists weekdays from 0 to 6 as a cron field does.
func days(from, to, by int) string {
	all := []string{strconv.Itoa(from % 7)}
	for d := from + by; d <= to; d += by {
		all = append(all, strconv.Itoa(d%7))
	}
	return strings.Join(all, ",")
}
