package text

import "strings"

// The tables below are in lower case, without the last full stop, all languages together: a word that is an abbreviation in one of
// the eleven hardly ever ends a sentence in another. Words that do (Dutch "nl", German "art") are left out or need a number behind
// them.

// neverEnds lists abbreviations that always have something after them: titles, names of streets, "for example".
var neverEnds = set(`
	mr mrs ms messrs dr prof rev hon sen rep gov gen col maj capt cpt cmdr lt sgt cpl adm brig pres supt det fr st ste mt ft vs
	e.g i.e cf viz approx
	hr fr dipl.-ing z.b u.a d.h v.a i.d.r bzw ca rd vgl sog ggf evtl inkl zzgl geb gest str
	mm mme mlle me mgr av.j.-c env
	sra srta dra dña ud uds lic ing gral cnel tte pbro mons aprox p.ej ee
	dhr mevr mw drs ir bijv d.w.z o.a m.n t.a.v jhr
	av doç yrd uzm alb yb bnb org korg tümg tuğg müh ecz öğr sn hz bkz
	им ул просп пл пос обл р-н акад проф г-н г-жа гг тов св т.е т.к т.н напр см ред зам нач гл
	أ.د أ.م.د م.م ا.د
`)

// mayEnd lists abbreviations that go on unless a word follows that begins sentences.
var mayEnd = set(`
	inc ltd co corp bros jr sr plc etc u.s u.k u.n e.u d.c ph.d m.d b.a m.a al est
	usw etc gmbh mio mrd jh jhdt n.chr v.chr
	j.-c ee.uu uu s.a s.l s.a.s
	enz a.u.b jl mln mld n.v b.v
	vb vd a.ş ltd şti m.ö m.s
	г т.д т.п др пр тыс руб коп млн млрд кв н.э р-на в.в
	الخ إلخ ق.م هـ
`)

// beforeNumber lists what is an abbreviation only before a number.
var beforeNumber = set(`
	no nos nr nro núm pág pp vol fig figs art arts abs bd kap ch chap sec par op seq tel
	стр ст рис табл
	רח עמ
`)

// starters lists words that begin a sentence far more often than they follow an abbreviation.
var starters = set(`
	the a an it its he she they we you i this that these those there in on at but and however meanwhile when while after
	before if as for from with by to his her their our what who why how
	der die das ein eine er sie es wir ich dies diese dieser dieses im in am an auf bei nach vor seit mit und aber doch auch
	dort damit dabei nun so wenn als wie zu zum zur von vom für laut
	le la les un une il elle ils elles on nous ce cette ces dans en au aux mais et selon pour par sur
	el los las una ellos ellas este esta estos en y pero según por para con se su sus no
	de het een hij zij ze we dit dat deze die maar ook volgens bij
	bu o ve ancak bir şu ama ayrıca daha
	в на по он она оно они это этот эта эти но и также однако при как после до с со к из за для об о
`)

// calendar lists the names of months and weekdays that follow ordinals and times of day.
var calendar = set(`
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
	november december
	montag dienstag mittwoch donnerstag freitag samstag sonntag januar jänner februar märz mai juni juli oktober dezember
	ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
	januari februari maart mei juni juli augustus
`)

// monthsShort lists the months as newspapers shorten them.
var monthsShort = set(`jan feb febr mar apr jun jul aug sep sept oct okt nov dec dez янв февр апр авг сент окт нояб дек`)

func isMonthShort(word string) bool { return monthsShort[word] }

// set makes a table of the words of s.
func set(s string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(s) {
		m[word] = true
	}
	return m
}
