package storage_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
)

// history records one article of three versions and a second one of one, with everything that hangs on them.
func history(t *testing.T, db *storage.DB) (versions [3]story.Version) {
	t.Helper()
	e := fullEntry()
	one := *e.Version
	two := next(one, "عنوان ثانٍ")
	three := next(two, "عنوان ثالث")
	record(t, db, e)
	record(t, db, storage.Entry{Version: &two, Change: &diff.Change{Edits: []diff.Edit{{Op: diff.Added}}}, News: learn("tour", 2)})
	record(t, db, storage.Entry{Version: &three, Reason: "cosmetic", News: learn("tour", 3)})
	other := first("https://other.example/", "آخر")
	record(t, db, storage.Entry{Version: &other})
	err := db.Attempted(t.Context(), storage.DeliveryID("a1", "desk"), story.Attempt{At: noon, Status: 200}, story.DeliveryDone, noon)
	if err != nil {
		t.Fatal(err)
	}
	return [3]story.Version{one, two, three}
}

func TestVerifyFindsNothingInASoundDatabase(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		history(t, db)
		result, err := db.Verify(t.Context())
		same(t, "result", result, storage.VerifyResult{Articles: 2, Versions: 4}, err)
		if err := db.Check(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestVerifyNamesTheDamage(t *testing.T) {
	id := storage.ArticleID("https://akhbar.example/siyasa/12")
	cases := []struct {
		name       string
		statements []string // VERSION stands for the article's id and a dot, FORGED for another article's body
		version    string   // the version named, without the article's id
		problem    string
	}{
		{"changed body", []string{`UPDATE version SET body = FORGED WHERE id = 'VERSION2'`}, "2", "not what was recorded: the hash differs"},
		{"body cut short", []string{`UPDATE version SET body = SUBSTR(body, 1, LENGTH(body) - 9) WHERE id = 'VERSION2'`}, "2", "cannot be read"},
		{"body emptied", []string{`UPDATE version SET body = EMPTY WHERE id = 'VERSION2'`}, "2", "not what was recorded"},
		{"changed source", []string{`UPDATE version SET source = 'other' WHERE id = 'VERSION1'`}, "1", "not what was recorded: the hash differs"},
		{"changed time", []string{`UPDATE version SET seen_ms = seen_ms + 1 WHERE id = 'VERSION3'`}, "3", "not what was recorded: the hash differs"},
		{"changed address", []string{`UPDATE version SET page_url = 'x' WHERE id = 'VERSION1'`}, "1", "not what was recorded: the hash differs"},
		{"changed hash", []string{`UPDATE version SET hash = prev WHERE id = 'VERSION2'`}, "3", "does not follow the version before it"},
		{"removed version", []string{`DELETE FROM version WHERE id = 'VERSION2'`}, "3", "versions 2 to 2, before it, are missing"},
		{"removed beginning", []string{`DELETE FROM version WHERE number < 3 AND article_id = '` + id + `'`}, "3", "versions 1 to 2, before it, are missing"},
		{"removed tail", []string{`DELETE FROM version WHERE id = 'VERSION3'`}, "3", "the chain ends at version 2 of 3"},
		{"removed tail with its count", []string{
			`DELETE FROM version WHERE id = 'VERSION3'`, `UPDATE article SET versions = 2 WHERE id = '` + id + `'`,
		}, "2", "not the version that the article is said to end with"},
		{"removed all", []string{`DELETE FROM version WHERE article_id = '` + id + `'`}, "3", "the chain ends at version 0 of 3"},
		{"removed article", []string{`DELETE FROM article WHERE id = '` + id + `'`}, "1", "it belongs to article " + id + ", which is missing"},
		{"article with too few", []string{`UPDATE article SET versions = 1 WHERE id = '` + id + `'`}, "3", "said to have 1 versions only"},
		{"swapped order", []string{
			`UPDATE version SET number = 9, id = 'x' WHERE id = 'VERSION1'`,
			`UPDATE version SET number = 1, id = 'VERSION1' WHERE id = 'VERSION2'`,
			`UPDATE version SET number = 2, id = 'VERSION2' WHERE id = 'x'`,
		}, "1", "does not follow the version before it"},
		{"swapped bodies", []string{
			`UPDATE version SET body = (SELECT body FROM version other WHERE other.id = 'VERSION2') WHERE id = 'VERSION3'`,
		}, "3", "not what was recorded: the hash differs"},
		{"another id", []string{`UPDATE version SET id = 'VERSION7' WHERE id = 'VERSION3'`}, "7", "its id does not say that it is number 3"},
		{"tampered title", []string{`UPDATE article SET title = 'x' WHERE id = '` + id + `'`}, "3", "gives it another title"},
		{"tampered title of a version", []string{`UPDATE version SET body = RETITLED WHERE id = 'VERSION3'`}, "3", "not what was recorded"},
		{"removed change", []string{`DELETE FROM change WHERE version_id = 'VERSION2'`}, "2", "neither its change nor a reason"},
		{"emptied change", []string{`UPDATE change SET body = NULL WHERE version_id = 'VERSION2'`}, "2", "neither a change nor a reason"},
		{"garbled change", []string{`UPDATE change SET body = EMPTY WHERE version_id = 'VERSION2'`}, "2", "its change cannot be read"},
		{"gap in a story", []string{`DELETE FROM learned WHERE seq = 2`}, "", "story tour has a gap"},
		{"removed development", []string{`DELETE FROM development WHERE id = 'd1'`}, "1", "development d1 was seen in this version, but the development is missing"},
		{"alert of nothing", []string{`DELETE FROM development WHERE id = 'd1'`}, "", "alert a1 tells of a development that is missing"},
		{"garbled development", []string{`UPDATE development SET body = '{' WHERE id = 'd1'`}, "1", "development d1 cannot be read"},
		{"exchanged development", []string{`UPDATE development SET body = '{"id":"d9"}' WHERE id = 'd1'`}, "1", "development d1 is not what was recorded"},
		{"removed sighting", []string{`DELETE FROM sighting WHERE development_id = 'd1'`}, "1", "development d1 is said to have 1 sightings, 0 are there"},
		{"removed alert", []string{`DELETE FROM alert`}, "", "sends an alert that is missing"},
		{"removed delivery", []string{`DELETE FROM delivery WHERE receiver = 'desk'`}, "", "receiver desk has a gap"},
		{"attempts of nothing", []string{`DELETE FROM delivery WHERE receiver = 'desk'`}, "", "is missing, but its attempts are there"},
		{"delivery never due", []string{`UPDATE delivery SET due_ms = 0 WHERE state = 'pending'`}, "", "pending but never due"},
		{"unknown state", []string{`UPDATE delivery SET state = 'lost' WHERE receiver = 'desk'`}, "", "a state that does not exist"},
	}
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		for _, c := range cases {
			wipe(t, db)
			versions := history(t, db)
			retitled := versions[2].Article
			retitled.Title = "forged"
			fill := strings.NewReplacer("VERSION", id+".", "EMPTY", blob(db, packed(t, nil)),
				"FORGED", blob(db, packed(t, story.Article{})), "RETITLED", blob(db, packed(t, retitled)))
			for _, statement := range c.statements {
				tamper(t, db, fill.Replace(statement))
			}
			result, err := db.Verify(t.Context())
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			want := storage.Damage{Problem: c.problem}
			if c.version != "" {
				want.ArticleID, want.VersionID = id, id+"."+c.version
			}
			if !hasDamage(result.Damage, want) {
				t.Errorf("%s: damage is %+v, want %q of %q", c.name, result.Damage, want.Problem, want.VersionID)
			}
		}
	})
}

// wipe empties a database, damaged or not.
func wipe(t *testing.T, db *storage.DB) {
	t.Helper()
	for _, table := range []string{
		"attempt", "delivery", "receiver", "alert", "sighting", "development", "learned", "change", "version", "article", "page", "host",
	} {
		tamper(t, db, `DELETE FROM `+table)
	}
}

func hasDamage(all []storage.Damage, want storage.Damage) bool {
	for _, d := range all {
		if strings.Contains(d.Problem, want.Problem) && (want.VersionID == "" || d.VersionID == want.VersionID) &&
			(d.ArticleID == want.ArticleID || want.ArticleID == "") {
			return true
		}
	}
	return false
}

// packed writes a value as the database holds it, nil as no bytes at all.
func packed(t *testing.T, value any) []byte {
	t.Helper()
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	var body []byte
	if value != nil {
		if body, err = json.Marshal(value); err != nil {
			t.Fatal(err)
		}
	}
	return enc.EncodeAll(body, nil)
}

// blob writes bytes as a literal of the engine.
func blob(db *storage.DB, body []byte) string {
	if db.Postgres() {
		return fmt.Sprintf(`'\x%x'::bytea`, body)
	}
	return fmt.Sprintf(`x'%x'`, body)
}

// The recipe is the one that Seal documents, followed by hand.
func TestAnOutsiderCanComputeTheHash(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		versions := history(t, db)
		v := versions[1]
		var body []byte
		if err := db.SQL().QueryRow(`SELECT body FROM version WHERE id = $1`, v.ID).Scan(&body); err != nil {
			t.Fatal(err)
		}
		dec, err := zstd.NewReader(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer dec.Close()
		plain, err := dec.DecodeAll(body, nil)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		for _, field := range []string{
			"storywatch version 1", versions[0].Hash, v.ID, v.ArticleID, "2", "akhbar", "https://akhbar.example/siyasa/12",
			fmt.Sprint(v.SeenAt.UnixMilli()), string(plain),
		} {
			fmt.Fprintf(&b, "%d:%s,", len(field), field)
		}
		sum := sha256.Sum256(b.Bytes())
		if got := hex.EncodeToString(sum[:]); got != v.Hash {
			t.Errorf("the hash by the recipe is %s, the version has %s", got, v.Hash)
		}
	})
}

// What is not noticed must not matter: free space within pages, and columns that no version or alert depends on.
func TestAFlippedBitIsNoticedOrHarmless(t *testing.T) {
	path := storagetest.SQLite(t)
	db := storagetest.Open(t, path)
	var versions []story.Version
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		v := story.Version{PageURL: fmt.Sprintf("https://a.example/%d", i), Article: story.Article{Title: fmt.Sprintf("%x", randomBytes(random, 1500))}}
		v = storage.Seal(v, story.Version{})
		record(t, db, storage.Entry{Version: &v})
		versions = append(versions, v)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	noticed, flips := 0, 120
	for range flips {
		damaged := bytes.Clone(sound)
		at := random.IntN(len(damaged))
		damaged[at] ^= 1 << random.IntN(8)
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if hasTrouble(t, path, versions) {
			noticed++
		} else if t.Failed() {
			t.Fatalf("the flipped bit is in byte %d", at)
		}
	}
	if noticed < flips/3 {
		t.Errorf("%d of %d flipped bits were noticed: that is too few to believe", noticed, flips)
	}
}

// hasTrouble reports whether opening or verifying a database finds damage. If not, every version must be sound.
func hasTrouble(t *testing.T, path string, versions []story.Version) bool {
	t.Helper()
	db, err := storage.Open(t.Context(), path, discard())
	if err != nil {
		return true
	}
	defer db.Close()
	result, err := db.Verify(t.Context())
	if err != nil || len(result.Damage) > 0 {
		return true
	}
	if result.Versions != len(versions) {
		t.Errorf("%d of %d versions are there, and no damage", result.Versions, len(versions))
	}
	for _, v := range versions {
		got, err := db.Latest(t.Context(), v.ArticleID)
		same(t, "a version of a database without damage", got, v, err)
	}
	return false
}

func randomBytes(random *rand.Rand, count int) []byte {
	b := make([]byte, count)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}
