package main

import (
	"bytes"
	"fmt"
	"strings"
)

// configuration follows every page every second. Each story takes two outlets, so that two hosts teach one story at once.
func configuration(press *press, desk *desk) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `database: %s
contact: https://desk.example/crawler
timezone: UTC
network: {allow: [127.0.0.0/8], gap: 0s, robots: true}
web: {listen: "off"}
receivers:
  - {name: desk, url: %q, secret: %q, allow: [127.0.0.0/8], when: 'type startsWith "development."'}
stories:
`, database, desk.base+"/hook", desk.secret())
	for i := 0; i < len(press.outlets); i += 2 {
		var urls []string
		for _, o := range press.outlets[i:min(i+2, len(press.outlets))] {
			urls = append(urls, fmt.Sprintf("%q", o.base+"/news/"))
		}
		fmt.Fprintf(&b, "  - {name: story-%d, title: \"Story %d\", match: {urls: [%s]}}\n", i/2, i/2, strings.Join(urls, ", "))
	}
	b.WriteString("sources:\n")
	for i, o := range press.outlets {
		for k, pg := range o.pages {
			fmt.Fprintf(&b, "  - {name: outlet-%d-%d, url: %q, kind: article, schedule: \"@every 1s\", fast: true}\n", i, k, o.base+pg.path)
		}
	}
	return b.Bytes()
}
