package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cue is what an element's name, class, id and role say about its text.
type cue struct {
	out  string // why it is not part of the story; "" when nothing says so
	firm bool   // it is somebody else's words, however many there are: comments, navigation, other stories
	body int    // how sure it says to hold the story: 0 to 3
	lead bool   // it says to be a standfirst
}

// The reasons that names of elements give.
const (
	outNavigation = "navigation"
	outComments   = "reader comments"
	outRelated    = "other stories"
	outAds        = "advertising"
	outShare      = "share buttons"
	outNewsletter = "newsletter or subscription"
	outCookies    = "cookie notice"
	outCaption    = "caption or credit"
	outByline     = "byline or date line"
	outTags       = "tags"
	outAside      = "aside"
	outFooter     = "footer"
	outForm       = "form"
	outHidden     = "hidden"
	outOverlay    = "overlay"
	outTools      = "page tools"
)

// outWords are the words that designers use in class and id for what is not the story, in the languages whose newsrooms
// name their elements in their own tongue. Two words that stand beside each other are looked up as one too.
var outWords = words(map[string]string{
	outNavigation: `nav navi navbar navigation menu submenu breadcrumb breadcrumbs brotkrumen migas pager pagination paginacion pagenav toc
		skiplink skiplinks topbar masthead sitenav mainnav subnav offcanvas hamburger tableofcontents siteheader globalheader pageheader
		tickerbar newsticker ticker siteswitcher languageswitcher`,
	outComments: `comment comments commentlist commentary-list kommentar kommentare kommentarer comentario comentarios commentaire commentaires
		komentarz komentarze commenti reacties yorum yorumlar disqus livefyre discussion respond replies replylist commentform
		commentsection usercomments readercomments leserkommentare leserbrief opinie forumlist fbcomments`,
	outRelated: `related relateds relatedposts relatedarticles relatedcontent relatedlinks relatednews relacionado relacionados relacionada
		relacionadas recommended recommend recommendation recommendations recomendados recirc recirculation mostread mostpopular popular
		trending topstories morenews morestories morefrom morelike mehrzum readmore readnext readalso seealso nextarticle prevarticle
		nextpost prevpost nextprev postnavigation articlenavigation similar similars lireaussi leiamais leiatambem vejamais vejatambem
		noticiasrelacionadas maslleidas masleidas maisllidas maislidas masnoticias mehrlesen weitereartikel weiterethemen lesermagauch
		lesenauch verwandt verwandte auchinteressant meistgelesen empfehlung empfehlungen correlati correlate articolicorrelati
		podobne powiazane polecane czytajtez zobacztez najczesciej ilgili ilgilihaberler benzer onerilen gerelateerd meestgelezen outbrain taboola
		zergnet teaser teasers teaserlist linklist linkbox upnext suggested suggestions alsolike youmaylike youmightlike sidebar
		sidebars seitenleiste barralateral rightcol rightcolumn rightrail leftrail rail latestnews latestposts recentposts
		newslist listnews articlelist postlist storylist hotnews archivelist otherposts othernews internallink crosslink inlinerelated
		furthermore furtherreading morereading moreon continuereading featuredposts popularposts dossier relacion`,
	outAds: `ad ads adv advert adverts advertisement advertisements advertising adslot adunit adbox adwrapper adcontainer adsense adsbygoogle
		banner banners sponsor sponsored sponsors sponsoring promo promos promotion promobox promoted publicidad publicite anzeige anzeigen werbung reklam
		reklama reklame pubblicita annonce annonser dfp gpt billboard leaderboard skyscraper affiliate commercial paidcontent advertorial partnerlinks`,
	outShare: `share shares sharing sharebar sharebox sharebuttons sharelinks sharethis sharedaddy addthis addtoany social socials socialmedia
		socialbar socialshare sociallinks socialicons compartir partager partage teilen condividi udostepnij paylas delen followus follow
		likebox fblike tweetbutton socialize shareholder-bar sharetools`,
	outNewsletter: `newsletter newsletters subscribe subscription subscribebox abo abonnement abonnieren suscripcion mailinglist signup
		signupbox optin paywall regwall piano membership donate donation donations spenden mailchimp pushnotification calltoaction cta`,
	outCookies: `cookie cookies cookiebar cookiebanner cookieconsent cookienotice consent gdpr rgpd dsgvo cmp ccpa privacybar onetrust`,
	outCaption: `caption captions figcaption wpcaption wpcaptiontext imagecaption photocaption piccaption credit credits photocredit imagecredit
		copyright bildunterschrift bildunterzeile bildtext bildnachweis legende legenda didascalia piedefoto podpis slideshow gallery galerie
		galeria carousel slider lightbox photogallery imagegallery bildergalerie mediacaption videoplayer audioplayer player copyrightline`,
	outByline: `byline bylines author authors authorbox authorbio authorinfo authorcard aboutauthor aboutheauthor biography bio autor autoren autorbox auteur autore
		dateline timestamp pubdate publishdate datepublished postdate entrydate articledate postmeta entrymeta articlemeta metadata metainfo
		infoline postinfo articleinfo newsinfo storymeta postedon writtenby lastupdated lastmodified viewcount views hits pageviews
		readingtime readtime lesezeit minread counter datum fecha`,
	outTags: `tag tags taglist tagcloud tagged posttags articletags keywords keyword schlagworte etiquetas motscles topics topiclist categories
		categorylist catlinks postcategories entryfooter postfooter articlefooter entryutility labels`,
	outFooter:  `footer foot sitefooter pagefooter colophon fussbereich disclaimer impressum bottombar`,
	outForm:    `searchform searchbox loginform loginbox login register registration contactform feedback poll quiz survey umfrage encuesta sondage voting vote`,
	outOverlay: `modal popup overlay lightboxcontent dialog toast tooltip flyout dropdown interstitial adblock adblocker notification notifications alertbar`,
	outTools: `tools toolbar articletools toolbox printbutton print printlink fontsize textsize rating ratings rate starrating bookmark
		download downloads widget widgets skip screenreader screenreadertext visuallyhidden sronly hiddentext noprint utility actionbar buttons button
		weather wetter horoscope lottery stockticker edit editsection mweditsection`,
})

// firmOuts are the reasons that hold however much text there is.
var firmOuts = map[string]bool{
	outNavigation: true, outComments: true, outRelated: true, outAds: true, outShare: true, outCookies: true, outNewsletter: true,
	outFooter: false, outCaption: true, outOverlay: true,
}

// Names of the element of the story itself: those that can hardly mean anything else, and those that often do; and names
// of the standfirst.
var (
	surelyBody = split(`articlebody storybody entrycontent postcontent postbody articlecontent articletext storycontent storytext newscontent
		newsbody newstext bodytext bodycopy contentbody fulltext artikeltext artikelinhalt artikelbody texteditorial articlebodytext
		contenidonoticia cuerponoticia textonoticia cuerpo corpo corponotizia corpodotexto textodanoticia materia conteudo conteudomateria
		articledetail articledetails newsdetail newsdetails detailtext detailcontent richtext tekst haberdetay habermetin icerik beitragstext
		articleentry entrybody blogcontent blogpost mainarticle singlecontent contenttext storydetail paragraphs proseblock textblock artcontent
		mwparseroutput contentarticle articlewrapper articlemain postentry posttext hnewsentrycontent`)
	maybeBody = split(`article articles story content main maincontent entry post body artikel articulo noticia nota news text texto texte beitrag
		hentry single copy prose contenido inhalt contenu contenuto tresc haber maintext page detail details`)
	leadWords = split(`standfirst lead leadin leadtext dek deck subtitle subtitulo subheadline subhead subheading subhed untertitel unterzeile vorspann chapeau chapo summary
		sommario occhiello abstract excerpt intro introduction einleitung teasertext entradilla bajada copete volanta sapo lede lid zajawka ingress
		spot ozet strapline articlesummary articlelead kicker description articledescription`)
)

// cueOf reads an element's cue; what a class says is remembered for the page, as classes repeat.
func (d *document) cueOf(n *html.Node) cue {
	c := tagCue(n)
	names, role := "", ""
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "data-component", "data-testid", "data-module", "data-qa":
			if len(a.Val) <= 400 {
				names += " " + a.Val
			}
		case "role":
			role = a.Val
		case "itemprop":
			c = c.and(itempropCue(a.Val))
		case "hidden":
			c.out = first(c.out, outHidden)
		case "aria-hidden":
			if a.Val == "true" {
				c.out = first(c.out, outHidden)
			}
		case "style":
			if hides(a.Val) {
				c.out = first(c.out, outHidden)
			}
		}
	}
	if role != "" {
		c = c.and(roleCue(role))
	}
	if names != "" {
		named, known := d.cues[names]
		if !known {
			named = nameCue(names)
			d.cues[names] = named
		}
		c = c.and(named)
	}
	return c
}

// and joins two cues; the first reason stays.
func (c cue) and(other cue) cue {
	if c.out == "" {
		c.out, c.firm = other.out, other.firm
	}
	c.body = max(c.body, other.body)
	c.lead = c.lead || other.lead
	return c
}

func tagCue(n *html.Node) cue {
	switch n.DataAtom {
	case atom.Nav, atom.Menu:
		return cue{out: outNavigation, firm: true}
	case atom.Aside:
		return cue{out: outAside}
	case atom.Footer:
		return cue{out: outFooter}
	case atom.Form:
		return cue{out: outForm}
	case atom.Figcaption, atom.Caption:
		return cue{out: outCaption, firm: true}
	case atom.Address:
		return cue{out: outByline}
	case atom.Dialog:
		return cue{out: outOverlay, firm: true}
	case atom.Article, atom.Main:
		return cue{body: 1}
	}
	return cue{}
}

func roleCue(role string) cue {
	switch strings.ToLower(strings.TrimSpace(role)) {
	case "navigation", "menu", "menubar", "search", "tablist", "toolbar":
		return cue{out: outNavigation, firm: true}
	case "complementary":
		return cue{out: outAside}
	case "contentinfo":
		return cue{out: outFooter}
	case "dialog", "alertdialog", "tooltip":
		return cue{out: outOverlay, firm: true}
	case "main", "article":
		return cue{body: 1}
	}
	return cue{}
}

func itempropCue(prop string) cue {
	switch strings.TrimSpace(prop) {
	case "articleBody":
		return cue{body: 3}
	case "text", "reviewBody", "recipeInstructions":
		return cue{body: 1}
	case "comment":
		return cue{out: outComments, firm: true}
	case "author", "publisher", "datePublished", "dateModified":
		return cue{out: outByline}
	case "keywords":
		return cue{out: outTags}
	case "caption", "copyrightHolder":
		return cue{out: outCaption, firm: true}
	}
	return cue{}
}

func hides(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// nameCue reads the words of class and id.
func nameCue(names string) cue {
	var c cue
	for name := range strings.FieldsSeq(names) {
		parts := nameParts(name)
		for i, w := range parts {
			c.readName(w)
			if i > 0 {
				c.readName(parts[i-1] + w)
			}
			if i > 1 {
				c.readName(parts[i-2] + parts[i-1] + w)
			}
		}
	}
	return c
}

func (c *cue) readName(w string) {
	if out := outWords[w]; out != "" && c.out == "" {
		c.out, c.firm = out, firmOuts[out]
	}
	if leadNames[w] {
		c.lead = true
	}
	c.body = max(c.body, bodyNames[w])
}

// nameParts splits a class or id into lower-case words: at signs, at digits and where camelCase turns.
func nameParts(name string) []string {
	var parts []string
	start, lower := 0, false
	flush := func(end int) {
		if end > start {
			parts = append(parts, strings.ToLower(name[start:end]))
		}
		start = end
	}
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if lower {
				flush(i)
			}
			lower = false
		case c >= 'a' && c <= 'z' || c >= 0x80:
			lower = true
		default:
			flush(i)
			start, lower = i+1, false
		}
	}
	flush(len(name))
	return parts
}

var (
	bodyNames = levels(surelyBody, maybeBody)
	leadNames = setOf(leadWords)
)

func levels(sure, maybe []string) map[string]int {
	m := make(map[string]int, len(sure)+len(maybe))
	for _, w := range maybe {
		m[w] = 1
	}
	for _, w := range sure {
		m[w] = 2
	}
	return m
}

func split(s string) []string { return strings.Fields(s) }

func setOf(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, w := range list {
		m[w] = true
	}
	return m
}

// words turns lists by reason into reasons by word.
func words(lists map[string]string) map[string]string {
	m := map[string]string{}
	for reason, list := range lists {
		for w := range strings.FieldsSeq(list) {
			m[w] = reason
		}
	}
	return m
}
