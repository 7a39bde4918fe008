package main

import "fmt"

// database is the file the program keeps what it knows in.
const database = "saved.db"

// configuration is what a small desk would write: a feed, a listing with a selector, one page followed by itself, three
// stories, one receiver. Only the looks are closer together than one would ask of strangers.
func configuration(t *town, listen string) []byte {
	return fmt.Appendf(nil, `database: %s
contact: https://desk.example/crawler
timezone: Asia/Baghdad
network: {allow: [127.0.0.0/8]}
web: {listen: %q}

stories:
  - name: blinken-tour
    title: جولة بلينكن في الشرق الأوسط
    match:
      any: [بلينكن, Blinken]
  - name: elections
    title: Elections
    match:
      any: [election, Wahl, elecciones, выборы, انتخابات]
  - name: everything
    title: All that the two papers bring
    match:
      sources: [wire, paper]

sources:
  - name: wire
    url: %q
    schedule: "*/2 * * * *"
    follow: {for: 14d, every: 2m, slowest: 10m}
  - name: paper
    url: %q
    kind: listing
    schedule: "@every 2m"
    follow: {for: 14d, every: 2m, slowest: 10m}
    links: {select: "h3 a", include: ["/news/"], exclude: ["/video/"]}
  - name: tour
    url: %q
    kind: article
    schedule: "@every 1m"

receivers:
  - name: desk
    url: %q
    secret: whsec_c2F2ZWQtc2F2ZWQtc2F2ZWQtc2F2ZWQtc2F2ZWQtc2E=
    allow: [127.0.0.0/8]
`, database, listen, t.wire+"/world.xml", t.paper+"/politics/", t.arabic+"/politics/42", t.receive+"/hook")
}
