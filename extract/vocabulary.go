package extract

// phrases is what newsrooms of one language print around their stories. The words are general newsroom vocabulary, written
// down from common usage of each language; none is the name of an outlet. Figures are left out of a line before it is
// looked up, so "12 comments" is "comments" and "5 hours ago" is "hours ago".
type phrases struct {
	whole  string // lines that say nothing else, parted by semicolons
	begins string // how a line begins that belongs to the page, if it is no long paragraph
	stops  string // how a heading begins whose section belongs to the page
	byline string // how a line begins that names the author
}

// vocabulary is by BCP 47 primary subtag. Pages mix languages, so all tables are looked at for every page.
var vocabulary = map[string]phrases{
	"en": {
		whole: `advertisement; advertisements; advertising; ad; sponsored; sponsored content; promoted; share; shares; share this; share on; share article;
			share this article; share this story; share this post; tweet; tweet this; pin it; email; e mail; print; print this; print this page; print article; save; copy link;
			copied; link copied; like; likes; comment; comments; no comments; no comments yet; leave a comment; add comment; post a comment; view comments;
			show comments; read comments; join the conversation; reply; report; read more; more; see more; show more; load more; learn more; continue reading;
			story continues below; story continues below advertisement; article continues below; article continues below advertisement; continue reading below; skip advertisement; skip to content; skip to main content;
			back to top; top; close; menu; search; subscribe; subscribe now; sign up; sign in; log in; log out; register; follow; follow us; facebook; twitter;
			whatsapp; telegram; linkedin; pinterest; reddit; instagram; youtube; rss; min read; minute read; minutes read; mins read; read time; reading time; views; view; hits; reads;
			ago; hours ago; hour ago; an hour ago; minutes ago; minute ago; mins ago; min ago; h ago; m ago; d ago; day ago; days ago; a day ago; weeks ago; week ago; months ago; month ago;
			years ago; year ago; seconds ago; just now; yesterday; today; updated; published; last updated; last modified; file photo; photo; photos; image; images;
			gallery; video; watch; watch video; listen; listen to this article; listen to article; play; pause; next; previous; next article; previous article; prev; related; related articles;
			related stories; related posts; related topics; tags; tagged; topics; filed under; categories; source; sources; advertisement feature; watch more; breaking news; live; exclusive;
			trending; most read; most popular; recommended; newsletter; about the author; about us; contact us; privacy policy; terms of use; home; loading; text size; a a; font size;
			getty images; reuters; afp; ap; image credits; click here; download; more on this story; more stories; editors picks; editor s picks; recommended for you; you may also like; open in app; gift article; add to favorites; embed; expand; hide; show; caption; transcript; end of story; the end; permalink; favorite; flag; report abuse`,
		begins: `read also; also read; see also; read more; read next; read; more from; related; recommended; don t miss; must read; watch; follow us; follow me on; follow him on; follow her on; like us on; find us on; join us on;
			subscribe to; sign up for; sign up to; click here to; click here for; click to; tap here; download our; download the app; get the latest; get our; get breaking news; stay up to date; for more news; for the latest; for more stories; for more information visit; share this; share on; shared; last updated; updated; first published;
			published on; published at; published; posted on; posted in; posted by; posted; filed under; tagged; tags; topics; categories; category; photo by; photo; photos by; image; image by; image credit; image source; image caption; picture; picture credit; credit; file photo; photograph; photo credit; copyright;
			all rights reserved; this material may not be published; this article was originally published; this article originally appeared; this story was originally; this article first appeared; have a tip; got a tip; contact the author; contact us; email the author; e mail the author; write to; reach the writer;
			comments are closed; comments are; leave a reply; log in to; login to; you must be logged in; sign in to; already a subscriber; already have an account; view all; show all; see all; more about; more on; views; reading time; we use cookies; this site uses cookies; by continuing to; advertisement; sponsored by; presented by; disclaimer; disclosure;
			enter your email; your email address; thank you for; thanks for reading; support our; support us; become a member; to comment on; write a letter to; send your; if you enjoyed this; like this article; enjoyed this; listen to; your browser does not; javascript is; please enable; video; gallery; slideshow; join our; story continues`,
		stops: `related; read more; more from; more on; more stories; more news; you may also like; you might also like; recommended; most read; most popular; popular; trending; comments; comment; leave a comment; leave a reply; responses; share this; share; about the author; about; author;
			newsletter; sign up; subscribe; follow us; latest; latest news; tags; topics; advertisement; sponsored; around the web; from the web; editors picks; editor s picks; what to read next; read next; also read; see also; up next; top stories; in this section; don t miss; popular posts; recent posts; archives; post navigation; join the conversation; get the latest; contact us; further reading; external links; references`,
		byline: `by; written by; reported by; reporting by; editing by; story by; words by; text by; compiled by; edited by; posted by; author; from our correspondent; additional reporting by; from`,
	},
	"de": {
		whole: `anzeige; werbung; teilen; artikel teilen; drucken; merken; kommentare; kommentar; kommentieren; keine kommentare; mehr; mehr lesen; weiterlesen; mehr anzeigen; weitere artikel; schliessen; menu; suche; anmelden; registrieren; abonnieren;
			folgen; vor stunden; vor stunde; vor einer stunde; vor minuten; vor tagen; vor einem tag; gestern; heute; aktualisiert; veroffentlicht; stand; zuletzt aktualisiert; foto; fotos; bild; bilder; video; quelle; quellen; themen; schlagworte; zum thema; lesezeit; min lesezeit; minuten lesezeit; aufrufe; startseite; seite drucken; nach oben; zuruck; weiter; newsletter; impressum; datenschutz; vorlesen; artikel anhoren; das konnte sie auch interessieren; mehr zum thema; per mail; seite; von; dpa; getty; pdf; auf facebook teilen; lesen sie auch; bildergalerie; trackback; permalink; antworten; zitat`,
		begins: `lesen sie auch; lesen sie hier; lesen sie mehr; lesen sie dazu; auch interessant; mehr zum thema; mehr dazu; mehr uber; siehe auch; das konnte sie; zum thema; weitere informationen; weitere artikel; folgen sie uns; folge uns; abonnieren sie; jetzt abonnieren; newsletter; hier geht es; veroffentlicht am; veroffentlicht; erstellt; aktualisiert; zuletzt aktualisiert; stand; foto; fotos; bild; quelle;
			schlagworte; tags; kategorie; kategorien; themen; abgelegt unter; teilen; diesen artikel; dieser artikel; kommentare; kommentar schreiben; anzeige; wir verwenden cookies; diese website verwendet; lesezeit; sie mussen; um kommentare; alle rechte vorbehalten; copyright; hinterlasse; schreibe einen; deine e mail; geschrieben von; geschrieben am; eingestellt von; gepostet; verfasst von; verfasst am; ausdruck; melden sie sich`,
		stops:  `mehr zum thema; mehr aus; mehr; auch interessant; das konnte; ahnliche; verwandte; weitere; kommentare; kommentar; schreibe einen kommentar; schreiben sie einen; hinterlasse; teilen; newsletter; meistgelesen; lesen sie auch; uber den autor; uber die autorin; uber; themen; schlagworte; anzeige; das konnte sie auch interessieren; neueste; aktuelle; empfehlungen; leserkommentare; ihre meinung; diskutieren; antworten; archiv; links`,
		byline: `von; autor; autorin; redaktion; text; aus`,
	},
	"fr": {
		whole:  `publicite; partager; partager cet article; imprimer; commenter; commentaires; commentaire; reagir; lire la suite; lire plus; voir plus; en savoir plus; plus; fermer; menu; recherche; s abonner; abonnez vous; se connecter; suivre; suivez nous; il y a heures; il y a heure; il y a minutes; il y a jours; il y a une heure; hier; aujourd hui; mis a jour; publie; mis a jour le; publie le; photo; photos; video; source; sources; mots cles; sur le meme sujet; a lire aussi; lire aussi; temps de lecture; min de lecture; vues; accueil; haut de page; newsletter; a propos; ecouter l article; envoyer par mail`,
		begins: `lire aussi; a lire aussi; a lire; lire egalement; voir aussi; a voir aussi; lire la suite; en savoir plus; suivez nous; suivez; abonnez vous; inscrivez vous; s inscrire; recevez; publie le; publie; mis a jour; mise a jour; modifie le; cree le; photo; credit photo; credits; credit; image; source; mots cles; tags; categories; partager; tous droits reserves; cet article; temps de lecture; nous utilisons des cookies; ce site utilise; vous devez; connectez vous; cliquez ici; telechargez; retrouvez; poste par; ecrit par; laisser un commentaire; votre adresse`,
		stops:  `lire aussi; a lire aussi; sur le meme sujet; articles lies; articles similaires; a propos; commentaires; commentaire; laisser un commentaire; reagir; partager; newsletter; les plus lus; plus d articles; dans la meme; vous aimerez; voir aussi; mots cles; nos derniers; derniers articles; recommande`,
		byline: `par; auteur; propos recueillis par; la redaction; ecrit par`,
	},
	"es": {
		whole:  `publicidad; compartir; comparte; imprimir; comentarios; comentar; comentario; leer mas; ver mas; mas; mas informacion; seguir leyendo; cerrar; menu; buscar; suscribete; iniciar sesion; seguir; siguenos; hace horas; hace hora; hace minutos; hace dias; hace una hora; ayer; hoy; actualizado; publicado; foto; fotos; video; fuente; fuentes; etiquetas; temas; archivado en; relacionados; noticias relacionadas; articulos relacionados; te puede interesar; lea tambien; lee tambien; tiempo de lectura; min de lectura; vistas; visitas; lecturas; inicio; volver arriba; enviar; newsletter; boletin; redaccion; agencias; efe; me gusta; tweet; escuchar`,
		begins: `lea tambien; lee tambien; leer tambien; le puede interesar; te puede interesar; puede leer; mira tambien; vea tambien; ver tambien; ademas lea; mas informacion; mas sobre; siguenos; sigue; suscribete; suscribase; recibe; publicado el; publicado; actualizado; ultima actualizacion; foto; fotos; imagen; fuente; etiquetas; temas; archivado; compartir; todos los derechos; este articulo; tiempo de lectura; usamos cookies; utilizamos cookies; este sitio; haz clic; haga clic; descarga; creado el; escrito por; publicado por; dejar un comentario; deja un comentario; tu direccion; inicia sesion; unete`,
		stops:  `lea tambien; lee tambien; te puede interesar; relacionados; noticias relacionadas; articulos relacionados; mas noticias; mas informacion; mas sobre; comentarios; deja un comentario; deja una respuesta; comparte; compartir; sobre el autor; newsletter; boletin; lo mas leido; lo mas visto; mas leidas; etiquetas; temas; ultimas noticias; recomendados; tambien te puede; entradas relacionadas`,
		byline: `por; autor; redaccion; escrito por; texto`,
	},
	"pt": {
		whole:  `publicidade; compartilhar; compartilhe; partilhar; imprimir; comentarios; comentar; leia mais; ler mais; ver mais; saiba mais; mais; continua apos a publicidade; fechar; menu; buscar; pesquisar; assine; entrar; seguir; siga nos; ha horas; ha hora; ha minutos; ha dias; horas atras; dias atras; ontem; hoje; atualizado; publicado; foto; fotos; video; fonte; tags; relacionadas; noticias relacionadas; leia tambem; veja tambem; tempo de leitura; min de leitura; visualizacoes; inicio; voltar ao topo; enviar; newsletter; da redacao; curtir; ouvir`,
		begins: `leia tambem; leia mais; leia ainda; veja tambem; veja mais; confira tambem; saiba mais; ler mais; siga; siga nos; assine; inscreva se; receba; cadastre se; publicado em; publicado; atualizado; ultima atualizacao; foto; fotos; imagem; fonte; credito; tags; etiquetas; compartilhe; todos os direitos; este artigo; tempo de leitura; usamos cookies; utilizamos cookies; este site; clique aqui; baixe; participe; escrito por; postado por; postado em; por favor; com informacoes; deixe um comentario; deixe uma resposta; entre no`,
		stops:  `leia tambem; veja tambem; leia mais; relacionadas; relacionados; noticias relacionadas; mais noticias; mais lidas; comentarios; deixe um comentario; deixe uma resposta; compartilhe; sobre o autor; newsletter; ultimas noticias; tags; recomendados; mais sobre`,
		byline: `por; autor; da redacao; redacao; texto`,
	},
	"it": {
		whole:  `pubblicita; condividi; stampa; commenti; commento; commenta; leggi tutto; leggi anche; leggi di piu; mostra altro; altro; continua a leggere; chiudi; menu; cerca; abbonati; accedi; segui; seguici; ore fa; ora fa; minuti fa; giorni fa; un ora fa; ieri; oggi; aggiornato; pubblicato; foto; video; fonte; tag; correlati; articoli correlati; potrebbe interessarti; tempo di lettura; min di lettura; visualizzazioni; home; torna su; invia; newsletter; redazione; riproduzione riservata; ansa; mi piace; ascolta`,
		begins: `leggi anche; leggi pure; vedi anche; guarda anche; approfondisci; per approfondire; seguici; segui; abbonati; iscriviti; ricevi; pubblicato il; pubblicato; aggiornato; ultimo aggiornamento; ultima modifica; foto; immagine; fonte; credits; tag; argomenti; condividi; tutti i diritti; riproduzione riservata; tempo di lettura; usiamo i cookie; utilizziamo; questo sito; clicca qui; scarica; scritto da; postato da; lascia un commento`,
		stops:  `leggi anche; articoli correlati; correlati; potrebbe interessarti; potrebbero interessarti; ti potrebbe; commenti; lascia un commento; condividi; newsletter; i piu letti; piu letti; altri articoli; altre notizie; argomenti; tag; ultime notizie; video correlati; sull autore`,
		byline: `di; a cura di; autore; redazione; scritto da; testo di`,
	},
	"nl": {
		whole:  `advertentie; delen; deel dit artikel; deel; printen; reacties; reageer; lees meer; meer; bekijk meer; sluiten; menu; zoeken; abonneer; inloggen; volgen; volg ons; uur geleden; minuten geleden; dagen geleden; gisteren; vandaag; bijgewerkt; gepubliceerd; foto; video; bron; tags; gerelateerd; lees ook; leestijd; minuten leestijd; nieuwsbrief; terug naar boven; home; anp`,
		begins: `lees ook; lees meer; lees verder; zie ook; bekijk ook; volg ons; abonneer; meld je aan; schrijf je in; gepubliceerd; bijgewerkt; laatst bijgewerkt; laatste update; foto; bron; beeld; tags; deel dit; alle rechten; leestijd; wij gebruiken cookies; deze website; klik hier; geplaatst door; geplaatst op`,
		stops:  `lees ook; lees meer; gerelateerd; gerelateerde; meer over; meer nieuws; reacties; reageer; deel; nieuwsbrief; meest gelezen; aanbevolen; over de auteur; ook interessant`,
		byline: `door; auteur; redactie; van onze`,
	},
	"pl": {
		whole:  `reklama; udostepnij; drukuj; komentarze; komentarz; skomentuj; dodaj komentarz; czytaj wiecej; czytaj dalej; wiecej; zobacz wiecej; zamknij; menu; szukaj; subskrybuj; zaloguj; zaloguj sie; obserwuj; godzin temu; godziny temu; godzine temu; minut temu; dni temu; wczoraj; dzisiaj; dzis; aktualizacja; opublikowano; zdjecie; zdjecia; fot; foto; wideo; zrodlo; tagi; powiazane; podobne; polecamy; czytaj takze; czytaj tez; zobacz takze; zobacz rowniez; czas czytania; odslon; newsletter; pap; wyslij; poprzedni; nastepny; lubie to; polub`,
		begins: `czytaj takze; czytaj tez; czytaj rowniez; czytaj wiecej; zobacz takze; zobacz tez; zobacz rowniez; zobacz; przeczytaj takze; przeczytaj; polecamy; wiecej na; wiecej o; obserwuj nas; polub nas; subskrybuj; zapisz sie; opublikowano; data publikacji; data dodania; dodano; utworzono; aktualizacja; ostatnia aktualizacja; zdjecie; fot; foto; zrodlo; tagi; slowa kluczowe; udostepnij; wszelkie prawa; ten artykul; czas czytania; uzywamy; strona korzysta; kliknij; dodaj komentarz; podziel sie; autor; ocen`,
		stops:  `czytaj takze; czytaj tez; zobacz takze; zobacz rowniez; zobacz tez; powiazane; podobne; polecamy; polecane; najczesciej czytane; najpopularniejsze; komentarze; komentarz; dodaj komentarz; udostepnij; newsletter; tagi; wiecej; najnowsze; o autorze; warto przeczytac`,
		byline: `autor; tekst; redakcja; opracowanie; oprac`,
	},
	"cs": {
		whole:  `reklama; sdilet; tisk; komentare; diskuse; cist dale; vice; zavrit; hledat; prihlasit; foto; video; zdroj; stitky; souvisejici; ctk; hodinami; vcera; dnes; aktualizovano; diskutovat`,
		begins: `ctete take; ctete tez; prectete si; precti si; cist dale; vice zde; sledujte nas; aktualizovano; publikovano; foto; zdroj; stitky; sdilejte; diskuse; reklama`,
		stops:  `souvisejici; ctete take; diskuse; komentare; sdilet; nejctenejsi; dalsi clanky; mohlo by vas`,
		byline: `autor; text; redakce`,
	},
	"hu": {
		whole:  `hirdetes; megosztas; nyomtatas; hozzaszolasok; hozzaszolas; tovabb; bovebben; bezaras; kereses; foto; video; forras; cimkek; kapcsolodo; kapcsolodo cikkek; oraja; perce; napja; tegnap; ma; frissitve; mti`,
		begins: `olvassa el; olvasd el; kapcsolodo; kovess minket; kovessen minket; iratkozz fel; frissitve; foto; forras; cimkek; megosztas`,
		stops:  `kapcsolodo; ajanlott; hozzaszolasok; megosztas; legolvasottabb; cimkek; tovabbi; hasonlo`,
		byline: `irta; szerzo; szoveg`,
	},
	"sv": {
		whole:  `annons; reklame; dela; del; skriv ut; kommentarer; las mer; les mer; las ocksa; les ogsa; laes ogsa; mer; stang; meny; sok; prenumerera; logga in; folj; foto; bild; video; kalla; timmar sedan; timer siden; minuter sedan; minutter siden; dagar sedan; igar; idag; uppdaterad; publicerad; oppdatert; publisert; relaterat; tt; ntb`,
		begins: `las ocksa; las mer; les ogsa; les mer; laes ogsa; folj oss; folg oss; prenumerera; publicerad; publisert; uppdaterad; oppdatert; foto; bild; kalla; dela; del pa; tips oss`,
		stops:  `las ocksa; las mer; les ogsa; les mer; relaterat; relaterte; kommentarer; dela; del; mest last; mest lest; mer om; fler nyheter; flere saker`,
		byline: `av; text; tekst`,
	},
	"ro": {
		whole:  `publicitate; distribuie; comentarii; comentariu; citeste mai mult; citeste si; mai mult; inchide; cautare; foto; video; sursa; etichete; ore in urma; ieri; azi; actualizat; publicat; acum ore`,
		begins: `citeste si; citeste mai; vezi si; urmareste ne; aboneaza te; publicat; actualizat; foto; sursa; etichete; distribuie; recomandari`,
		stops:  `citeste si; recomandari; comentarii; distribuie; cele mai citite; articole similare; stiri similare`,
		byline: `de; autor; redactia; scris de`,
	},
	"tr": {
		whole:  `reklam; paylas; yazdir; yorumlar; yorum; yorum yap; yorum yaz; devamini oku; devami; daha fazla; kapat; menu; ara; abone ol; giris yap; takip et; saat once; dakika once; gun once; dun; bugun; guncelleme; guncellendi; yayinlanma; foto; fotograf; video; kaynak; etiketler; ilgili haberler; benzer haberler; goruntulenme; okunma; begen; anasayfa; ana sayfa; aa; dha; iha; sonraki; onceki; haberi dinle`,
		begins: `ilgili haber; bunu da oku; ayrica oku; bizi takip; abone ol; yayinlanma; yayin tarihi; giris tarihi; giris; guncelleme; son guncelleme; guncellenme; olusturulma; fotograf; foto; kaynak; etiketler; paylas; tum haklari; bu haber; okuma suresi; cerez; cerezler; tiklayin; haberin devami; yorum yapmak; editor; muhabir`,
		stops:  `ilgili; benzer; yorumlar; yorum; paylas; etiketler; en cok okunan; diger haberler; onerilen; son haberler; bunlar da ilginizi`,
		byline: `yazan; haber; editor; muhabir`,
	},
	"ru": {
		whole:  `реклама; поделиться; поделитесь; распечатать; печать; комментарии; комментарий; комментировать; нет комментариев; читать далее; читать дальше; подробнее; еще; показать еще; закрыть; меню; поиск; подписаться; войти; вход; регистрация; часов назад; часа назад; час назад; минут назад; минуты назад; дней назад; дня назад; вчера; сегодня; обновлено; опубликовано; фото; видео; источник; источники; теги; тэги; темы; по теме; материалы по теме; читайте также; смотрите также; похожие новости; просмотров; просмотры; главная; наверх; назад; вперед; рассылка; тасс; риа новости; интерфакс; версия для печати; нравится; слушать; оригинал; автор`,
		begins: `читайте также; читайте далее; читать далее; смотрите также; подробнее; по теме; ранее по теме; подписывайтесь; подпишитесь; следите за; подписаться; опубликовано; обновлено; последнее обновление; дата публикации; создано; фото; фотография; источник; теги; тэги; ключевые слова; поделиться; поделитесь; все права; копирование; перепечатка; использование материалов; время чтения; мы используем; этот сайт; нажмите; скачать; войдите; зарегистрируйтесь; оставить комментарий; просмотров; если вы заметили; нашли ошибку; выделите`,
		stops:  `читайте также; материалы по теме; по теме; похожие; комментарии; оставить комментарий; добавить комментарий; поделиться; самое читаемое; популярное; популярные; еще новости; другие новости; последние новости; главные новости; новости партнеров; рекомендуем; теги; об авторе; смотрите также; читайте`,
		byline: `автор; текст; редакция; подготовил; подготовила`,
	},
	"uk": {
		whole:  `реклама; поділитися; друк; коментарі; коментар; коментувати; читати далі; докладніше; ще; закрити; меню; пошук; підписатися; увійти; годин тому; години тому; годину тому; хвилин тому; днів тому; вчора; сьогодні; оновлено; опубліковано; фото; відео; джерело; теги; за темою; читайте також; дивіться також; переглядів; головна; схожі новини`,
		begins: `читайте також; читайте далі; дивіться також; за темою; підписуйтесь; підписуйтеся; підпишіться; слідкуйте; опубліковано; оновлено; фото; джерело; теги; поділитися; усі права; всі права; передрук; час читання; ми використовуємо; якщо ви помітили; якщо ви знайшли`,
		stops:  `читайте також; за темою; схожі; коментарі; поділитися; найпопулярніше; популярні; інші новини; останні новини; новини партнерів; рекомендуємо; теги; матеріали за темою`,
		byline: `автор; текст; редакція`,
	},
	"el": {
		whole:  `διαφημιση; μοιρασου; κοινοποιηση; εκτυπωση; σχολια; σχολιο; περισσοτερα; διαβαστε περισσοτερα; κλεισιμο; μενου; αναζητηση; εγγραφη; συνδεση; πριν ωρες; πριν λεπτα; χθες; σημερα; ενημερωση; δημοσιευση; φωτογραφια; βιντεο; πηγη; ετικετες; σχετικα; σχετικα αρθρα; διαβαστε επισης; αρχικη; αποστολη; απε μπε`,
		begins: `διαβαστε επισης; διαβαστε ακομη; διαβαστε ακομα; διαβαστε περισσοτερα; δειτε επισης; δειτε ακομη; ακολουθηστε; εγγραφειτε; δημοσιευση; δημοσιευθηκε; ημερομηνια; τελευταια ενημερωση; ενημερωθηκε; φωτογραφια; πηγη; ετικετες; μοιραστειτε; ολα τα δικαιωματα; χρησιμοποιουμε cookies; πατηστε εδω`,
		stops:  `διαβαστε επισης; σχετικα; σχολια; δημοφιλη; περισσοτερα; τελευταια νεα; δειτε επισης; ετικετες; προτεινομενα; τελευταιες`,
		byline: `του; της; γραφει; συντακτης; επιμελεια; ρεπορταζ`,
	},
	"ar": {
		whole: `إعلان; اعلان; إعلانات; شارك; مشاركة; شارك الخبر; شارك المقال; شارك هذا الخبر; شارك هذا المقال; طباعة; اطبع; حفظ; التعليقات; تعليقات; تعليق; أضف تعليق; أضف تعليقا; اترك تعليقا; لا توجد تعليقات; لا تعليقات; اقرأ المزيد; المزيد; عرض المزيد; مشاهدة; مشاهدات; مشاهدة المزيد; عدد المشاهدات; عدد القراءات; عدد الزيارات; قراءة; القراءات; زيارة; إغلاق; القائمة; بحث; اشترك; اشترك الآن; تسجيل الدخول; تابعنا; متابعة;
			منذ ساعة; منذ ساعات; منذ ساعتين; منذ دقيقة; منذ دقائق; منذ يوم; منذ يومين; منذ أيام; منذ أسبوع; قبل ساعة; قبل ساعات; قبل ساعتين; قبل دقيقة; قبل دقائق; قبل يوم; قبل يومين; قبل أيام; أمس; اليوم; الآن; آخر تحديث; تاريخ النشر; نشر; نشر في; صورة; صور; الصورة; فيديو; المصدر; المصادر; وكالات; الوسوم; كلمات مفتاحية; كلمات دالة; الكلمات المفتاحية; مواضيع ذات صلة; أخبار ذات صلة; موضوعات ذات صلة; مقالات ذات صلة; ذات صلة; اقرأ أيضا; إقرأ أيضا; الأكثر قراءة; الأكثر مشاهدة; الرئيسية; عاجل; خبر عاجل; دقائق قراءة; دقيقة قراءة; دقيقة للقراءة; مدة القراءة; وقت القراءة; حجم الخط; استمع; نسخ الرابط; تم النسخ; العودة إلى الأعلى; السابق; التالي; جميع الحقوق محفوظة; رويترز; أ ف ب; د ب أ; فرانس برس; انتهى; الخبر السابق; الخبر التالي; أرسل; سجل; بقلم`,
		begins: `اقرأ أيضا; إقرأ أيضا; اقرأوا أيضا; إقرأوا أيضا; اقرأ المزيد; اقرأ ايضا; إقرأ المزيد; اقرأ كذلك; طالع أيضا; شاهد أيضا; شاهد; انظر أيضا; للمزيد; لمزيد من; قد يهمك; قد يعجبك; مواضيع ذات صلة; أخبار ذات صلة; مقالات ذات صلة; موضوع يهمك; تابعنا; تابعونا; تابع; للاشتراك; اشترك; اشتركوا; انضم; حمل; حملوا; آخر تحديث; اخر تحديث; تم التحديث; تاريخ النشر; نشر في; نشر بتاريخ; نشرت في; نُشر; تم النشر; عدد المشاهدات; عدد القراءات; عدد الزيارات; المشاهدات; القراءات; صورة; الصورة; تصوير; مصدر الصورة; التعليق على الصورة; المصدر; الوسوم; كلمات مفتاحية; كلمات دالة; الكلمات المفتاحية; الكلمات الدالة; شارك; جميع الحقوق; حقوق النشر; مدة القراءة; وقت القراءة; نستخدم ملفات; يستخدم هذا الموقع; اضغط هنا; انقر هنا; لن يتم نشر; تخطى; تخطي`,
		stops:  `اقرأ أيضا; إقرأ أيضا; مواضيع ذات صلة; أخبار ذات صلة; موضوعات ذات صلة; مقالات ذات صلة; ذات صلة; قد يهمك; قد يعجبك; التعليقات; تعليقات; أضف تعليق; اترك تعليق; شارك; الأكثر قراءة; الأكثر مشاهدة; المزيد; آخر الأخبار; أحدث الأخبار; أخبار أخرى; الوسوم; النشرة; نبذة عن; عن الكاتب; شاهد أيضا; مقالات مشابهة; اخترنا لكم; مختارات; كلمات مفتاحية; كلمات دالة`,
		byline: `بقلم; كتب; كتبت; كتبه; إعداد; تحرير; المحرر; الكاتب; مراسل; ترجمة`,
	},
	"fa": {
		whole:  `تبلیغات; آگهی; اشتراک گذاری; به اشتراک بگذارید; چاپ; نظرات; نظر; دیدگاه; دیدگاه ها; ارسال نظر; ثبت نظر; بیشتر; بیشتر بخوانید; ادامه مطلب; ادامه; بستن; منو; جستجو; عضویت; ورود; ساعت پیش; دقیقه پیش; روز پیش; ساعت قبل; دقیقه قبل; روز قبل; دیروز; امروز; به روز رسانی; آخرین به روز رسانی; تاریخ انتشار; انتشار; عکس; تصویر; ویدیو; ویدئو; فیلم; منبع; برچسب ها; برچسب; اخبار مرتبط; مطالب مرتبط; مرتبط; بازدید; تعداد بازدید; صفحه اصلی; خانه; کد خبر; لینک کوتاه; کپی لینک; انتهای پیام; دقیقه مطالعه; زمان مطالعه; ایرنا; ایسنا; پایان پیام`,
		begins: `بیشتر بخوانید; همچنین بخوانید; این مطلب را هم; این خبر را هم; بخوانید; ببینید; مطالب مرتبط; اخبار مرتبط; ما را دنبال; دنبال کنید; عضو شوید; تاریخ انتشار; منتشر شده; آخرین به روز رسانی; به روز شده; عکس; تصویر; منبع; برچسب ها; کد خبر; اشتراک گذاری; تعداد بازدید; تمام حقوق; کلیه حقوق; انتهای پیام; زمان مطالعه; نظر شما; لینک کوتاه; شناسه خبر; زمان انتشار; پایان پیام`,
		stops:  `بیشتر بخوانید; همچنین بخوانید; اخبار مرتبط; مطالب مرتبط; مرتبط; نظرات; نظر; دیدگاه; ارسال نظر; اشتراک گذاری; پربازدیدترین; پربیننده; برچسب; آخرین اخبار; پیشنهاد; از دست ندهید; خبرهای مرتبط`,
		byline: `نویسنده; خبرنگار; گزارش; تهیه کننده`,
	},
	"ur": {
		whole:  `اشتہار; شیئر; شیئر کریں; پرنٹ; تبصرے; تبصرہ; مزید; مزید پڑھیں; بند کریں; تلاش; گھنٹے پہلے; منٹ پہلے; دن پہلے; گھنٹے قبل; آج; کل; اپ ڈیٹ; شائع; تصویر; تصاویر; ویڈیو; ذریعہ; ٹیگز; متعلقہ; متعلقہ خبریں; یہ بھی پڑھیں; صفحہ اول`,
		begins: `یہ بھی پڑھیں; مزید پڑھیں; یہ بھی دیکھیں; متعلقہ خبریں; ہمیں فالو; شائع; اپ ڈیٹ; آخری اپ ڈیٹ; تصویر; ٹیگز; شیئر کریں; جملہ حقوق`,
		stops:  `یہ بھی پڑھیں; مزید پڑھیں; متعلقہ; تبصرے; شیئر کریں; مقبول; تازہ ترین; مزید خبریں`,
		byline: `تحریر; رپورٹ; مصنف`,
	},
	"he": {
		whole:  `פרסומת; שתף; שתפו; שיתוף; הדפסה; הדפס; תגובות; תגובה; הוסף תגובה; הוספת תגובה; קרא עוד; קראו עוד; עוד; הצג עוד; סגור; תפריט; חיפוש; הרשמה; התחברות; עקבו; לפני שעות; לפני שעה; לפני שעתיים; לפני דקות; לפני ימים; לפני יום; אתמול; היום; עודכן; פורסם; עדכון אחרון; צילום; תמונה; וידאו; מקור; תגיות; תגים; כתבות קשורות; כתבות נוספות; צפיות; ראשי; דף הבית; דקות קריאה; רויטרס; האזנה; שלח; אולי יעניין אותך`,
		begins: `קראו עוד; קרא עוד; קראו גם; קרא גם; ראו גם; עוד בנושא; לכתבות נוספות; כתבות נוספות; עקבו אחרינו; הצטרפו; הירשמו; פורסם; עודכן; עדכון אחרון; צילום; צילומים; תמונה; מקור; תגיות; שתפו; כל הזכויות; זמן קריאה; האתר משתמש; לחצו כאן; מצאתם טעות; רוצים להישאר`,
		stops:  `קראו גם; כתבות קשורות; כתבות נוספות; עוד בנושא; עוד כתבות; תגובות; הוסף תגובה; שתפו; הנקראות ביותר; תגיות; אולי יעניין; מומלצים; חדשות נוספות`,
		byline: `מאת; כתב; כתבת; מערכת`,
	},
	"hi": {
		whole:  `विज्ञापन; शेयर; शेयर करें; प्रिंट; टिप्पणियां; टिप्पणी; और पढ़ें; और; बंद करें; खोजें; घंटे पहले; मिनट पहले; दिन पहले; आज; कल; अपडेटेड; प्रकाशित; फोटो; वीडियो; स्रोत; टैग; संबंधित; संबंधित खबरें; यह भी पढ़ें; होम; पीटीआई`,
		begins: `यह भी पढ़ें; ये भी पढ़ें; इसे भी पढ़ें; और पढ़ें; यह भी देखें; फॉलो करें; प्रकाशित; अपडेटेड; अंतिम अपडेट; फोटो; स्रोत; टैग; शेयर करें`,
		stops:  `यह भी पढ़ें; ये भी पढ़ें; संबंधित; और पढ़ें; टिप्पणियां; शेयर; ताजा खबरें; लोकप्रिय`,
		byline: `द्वारा; लेखक; रिपोर्ट`,
	},
	"zh": {
		whole:  `广告; 廣告; 分享; 分享到; 打印; 列印; 收藏; 评论; 評論; 留言; 条评论; 發表評論; 发表评论; 阅读更多; 閱讀更多; 更多; 查看更多; 展开全文; 点击查看; 关闭; 菜单; 搜索; 订阅; 登录; 注册; 关注; 小时前; 小時前; 分钟前; 分鐘前; 天前; 昨天; 今天; 更新; 发布; 发布时间; 更新时间; 图片; 视频; 来源; 标签; 相关新闻; 相關新聞; 相关阅读; 相关文章; 推荐阅读; 延伸阅读; 延伸閱讀; 阅读; 次阅读; 浏览; 首页; 返回顶部; 上一篇; 下一篇; 大 中 小; 字号; 责任编辑; 编辑; 完; 资料图; 资料图片; 打印本页; 关闭窗口; 我要评论; 复制链接`,
		begins: `责任编辑; 責任編輯; 编辑; 编辑 ; 原标题; 来源; 來源; 文章来源; 稿源; 作者; 记者; 图片来源; 图; 资料图; 相关阅读; 相关新闻; 延伸阅读; 延伸閱讀; 推荐阅读; 更多; 点击; 点击进入; 关注; 扫码; 扫一扫; 订阅; 发布时间; 更新时间; 标签; 关键词; 关键字; 分享; 版权; 声明; 免责声明; 本文来源; 本文; 未经授权; 转载; 上一篇; 下一篇; 我要; 您当前位置; 当前位置; 查看; 浏览`,
		stops:  `相关新闻; 相關新聞; 相关阅读; 相关文章; 相關文章; 推荐阅读; 推荐; 延伸阅读; 延伸閱讀; 更多; 评论; 評論; 留言; 热门; 熱門; 最新; 分享; 标签; 网友评论; 精彩推荐; 热点`,
		byline: `作者; 记者; 記者; 文; 编辑; 责编; 撰文`,
	},
	"ja": {
		whole:  `広告; シェア; シェアする; 共有; ツイート; 印刷; 保存; コメント; コメントを書く; 続きを読む; もっと見る; 詳細; 閉じる; メニュー; 検索; 登録; ログイン; フォロー; 時間前; 分前; 日前; 昨日; 今日; 更新; 公開; 写真; 画像; 動画; 出典; タグ; 関連記事; 関連ニュース; あわせて読みたい; おすすめ; ランキング; ホーム; トップ; 前の記事; 次の記事; 無断転載禁止; 記事を印刷; リンクをコピー; いいね; いいね!; 拡大する; この記事をシェア`,
		begins: `関連記事; 関連ニュース; あわせて読みたい; こちらもおすすめ; 続きを読む; 続きは; フォロー; 登録; 公開日; 更新日; 最終更新; 写真; 画像; 撮影; 出典; タグ; キーワード; シェア; この記事; 無断転載; 著作権; 詳しくはこちら; 会員登録; 会員限定; 有料会員; 無料会員; 残り`,
		stops:  `関連記事; 関連ニュース; 関連; あわせて読みたい; おすすめ; ランキング; コメント; シェア; 最新記事; 最新ニュース; 人気記事; 人気; タグ; 新着; 注目; この記事`,
		byline: `文; 著者; 執筆; 記者; 取材`,
	},
	"ko": {
		whole:  `광고; 공유; 공유하기; 인쇄; 프린트; 댓글; 댓글 쓰기; 더보기; 더 보기; 닫기; 메뉴; 검색; 구독; 로그인; 팔로우; 시간 전; 분 전; 일 전; 어제; 오늘; 수정; 입력; 사진; 영상; 동영상; 출처; 태그; 관련기사; 관련 기사; 추천 기사; 홈; 맨위로; 글자크기; 기사공유; 연합뉴스; 좋아요; 스크랩; url복사; 무단전재 및 재배포 금지`,
		begins: `관련기사; 관련 기사; 더 읽기; 함께 보기; 구독; 입력; 수정; 기사입력; 최종수정; 등록; 사진; 출처; 태그; 공유; 저작권자; 무단; 무단전재; ⓒ; 기자; 제보는`,
		stops:  `관련기사; 관련 기사; 관련뉴스; 추천; 댓글; 공유; 많이 본; 인기; 최신; 태그; 더보기`,
		byline: `기자; 글; 취재`,
	},
}
