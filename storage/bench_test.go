package storage_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// words are put together to articles that compress about as well as real ones.
var words = strings.Fields(`قال الوزير إن الزيارة ستبدأ مساء الثلاثاء في الدوحة ثم القاهرة وتل أبيب وأضاف أن المحادثات تتناول وقف
	إطلاق النار وتبادل الأسرى والمساعدات الإنسانية بينما أعلنت الأمم المتحدة ارتفاع عدد النازحين إلى مليون ومئتي ألف شخص منذ بداية
	الشهر ودعت جميع الأطراف إلى ضبط النفس وحماية المدنيين وفق القانون الدولي على حد تعبير المتحدث باسمها أمام الصحفيين يوم الأحد`)

// longArticle is an article of about 20 KB, with one paragraph of its own.
func longArticle(random *rand.Rand, number int) story.Article {
	a := story.Article{Title: fmt.Sprintf("عنوان %d", number), Lang: "ar", Dir: "rtl"}
	for size := 0; size < 20_000; {
		var p []string
		for range 60 {
			p = append(p, words[random.IntN(len(words))])
		}
		a.Paragraphs = append(a.Paragraphs, text.Paragraph{Text: strings.Join(p, " ")})
		size += len(a.Paragraphs[len(a.Paragraphs)-1].Text)
	}
	return a
}

// BenchmarkRecord records a first version of 20 KB with one development, one alert and two deliveries, as the daemon
// does when something is new.
func BenchmarkRecord(b *testing.B) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storagetest.SQLite, "postgres": storagetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			db := storagetest.Open(b, address(b))
			random := rand.New(rand.NewPCG(1, 2))
			seq := int64(0)
			for b.Loop() {
				b.StopTimer()
				seq++
				url := fmt.Sprintf("https://a.example/%d", seq)
				v := storage.Seal(story.Version{Source: "a", PageURL: url, SeenAt: noon, Article: longArticle(random, int(seq))}, story.Version{})
				id := fmt.Sprint("d", seq)
				entry := storage.Entry{
					Page: found(url, noon), Version: &v, HostFree: noon.Add(time.Duration(seq)),
					News:   []story.News{{Story: "tour", Seq: seq, Developments: []story.Development{development(id, story.QuoteAdded, "قال")}}},
					Alerts: []story.Alert{{ID: id, DevelopmentID: id, CreatedAt: noon, Data: []byte(`{}`), Receivers: []string{"desk", "press"}}},
				}
				b.StartTimer()
				if err := db.Record(b.Context(), entry); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(seq)/b.Elapsed().Seconds(), "records/s")
			var size float64
			if err := db.SQL().QueryRow(`SELECT AVG(LENGTH(body)) FROM version`).Scan(&size); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(size, "bytes/version")
		})
	}
}

// BenchmarkVerify walks a database of 2,000 articles of 20 KB; one operation is one whole walk.
func BenchmarkVerify(b *testing.B) {
	const articles = 2000
	db := storagetest.Open(b, storagetest.SQLite(b))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range articles {
		v := storage.Seal(story.Version{PageURL: fmt.Sprintf("https://a.example/%d", i), Article: longArticle(random, i)}, story.Version{})
		if err := db.Record(b.Context(), storage.Entry{Version: &v}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if result, err := db.Verify(b.Context()); err != nil || result.Versions != articles || len(result.Damage) > 0 {
			b.Fatal(result, err)
		}
	}
	b.ReportMetric(articles*float64(b.N)/b.Elapsed().Seconds(), "versions/s")
}
