package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// token is the mark of one change. It stands in the middle of a sentence, as the number of a file or notice would.
var token = regexp.MustCompile(`\bK\d{6}Q\b`)

// The parts that sentences are put together from. No two changes share more than a part or two, and neither names nor figures,
// so each is news by any measure.
var (
	voices = []string{
		"The governor of %s announced that", "Prosecutors in %s said that", "A spokeswoman of the %s ministry confirmed that",
		"Rescue services in %s reported that", "Union leaders at %s declared that", "The court of %s ruled that",
		"Police in %s disclosed that", "The mayor of %s promised that", "Engineers at the %s dam warned that",
		"The central bank of %s decided that", "Doctors at %s hospital stated that", "Fishermen from %s told reporters that",
		"The opposition in %s demanded that", "Inspectors sent to %s found that", "The army command in %s admitted that",
	}
	events = []string{
		"the freighter %s ran aground off %s with %d sailors aboard", "the bridge between %s and %s will close for %d days",
		"minister %s resigned over the %s contract worth %d million", "flights from %s to %s are cancelled until day %d of the strike",
		"a blast in the %s refinery injured %[3]d workers from %[2]s", "negotiator %s will travel to %s with %d envoys",
		"the factory %s in %s dismisses %d people", "a landslide at %s buried %[3]d houses in %[2]s",
		"the treaty of %s with %s was signed after %d rounds", "the singer %s sued the %s festival for %d thousand",
		"a virus from %s has reached %s and infected %d herds", "the dig at %s uncovered %[3]d graves of the %[2]s dynasty",
		"the satellite %s of the %s agency failed after %d orbits", "bishop %s was elected in %s with %d votes",
		"smugglers led by %s were seized at %s with %d crates", "the railway from %s to %s opens with %d trains",
		"general %s surrendered the fort of %s with %d soldiers", "the museum %s returns %[3]d statues to %[2]s",
		"the glacier above %s has retreated towards %s by %d metres", "the school of %s merges with %s and loses %d teachers",
	}
	sources = []string{
		"according to notice %s", "file %s shows", "as set down in report %s", "the gazette printed it under number %s",
		"which circular %s makes known", "the register lists it as %s", "its protocol bears the mark %s", "see bulletin %s",
	}
	syllables = strings.Fields("ba dor kel mi ran tos vu lan gri pen sho tam zel nor fi qua bri hes jor lu mak ste wen ox yar cle dun eth fro gan")
)

// sentence is the news of change number n.
func sentence(draw *rand.Rand, n int) string {
	pick := func(parts []string) string { return parts[draw.IntN(len(parts))] }
	return fmt.Sprintf("%s %s, %s.",
		fmt.Sprintf(pick(voices), name(draw)),
		fmt.Sprintf(pick(events), name(draw), name(draw), 1000+10*n+draw.IntN(10)),
		fmt.Sprintf(pick(sources), fmt.Sprintf("K%06dQ", n)))
}

// name invents the name of a person or place.
func name(draw *rand.Rand) string {
	var b strings.Builder
	for range 3 + draw.IntN(2) {
		b.WriteString(syllables[draw.IntN(len(syllables))])
	}
	text := b.String()
	return strings.ToUpper(text[:1]) + text[1:]
}
