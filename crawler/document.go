package crawler

import (
	"bytes"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// What a page may hold before a tree is built of it; the parser's own bound is 512 elements of depth.
const (
	maxElements   = 50_000
	maxAttributes = 256
)

// document parses a page of HTML once one linear pass over its tokens has shown that the tree will be of bearable size.
func document(body []byte) (*goquery.Document, error) {
	if err := weigh(body); err != nil {
		return nil, err
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil, unreadable("the page nests its elements too deep to be read")
	}
	return doc, nil
}

// weigh counts elements and attributes.
func weigh(body []byte) error {
	z := html.NewTokenizer(bytes.NewReader(body))
	for elements := 0; ; {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			if elements++; elements > maxElements {
				return limited("the page has more than %d elements", maxElements)
			}
			_, more := z.TagName()
			for attributes := 0; more; attributes++ {
				if attributes == maxAttributes {
					return limited("the page has an element with more than %d attributes", maxAttributes)
				}
				_, _, more = z.TagAttr()
			}
		}
	}
}
