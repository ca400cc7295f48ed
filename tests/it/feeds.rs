//! Watching feeds, and articles from web addresses, against a server on the loopback address.

use crate::server::{Reply, Server};
use crate::support::{ARTICLE, Place};
use aidledger::model::Validators;
use aidledger::web::{Answer, Reach, Wanted, get};
use std::fmt::Write as _;

/// A page that tells one package of so many million dollars.
pub(crate) fn page(millions: u32, day: u32) -> String {
    format!(
        "<html lang=\"en\"><head><title>US announces new military aid for Ukraine</title>\
         <meta property=\"article:published_time\" content=\"2022-11-{day:02}\"></head><body>\
         <article><h1>US announces new military aid for Ukraine</h1><p>WASHINGTON - The United \
         States on November {day} announced a new package of military aid for Ukraine worth \
         ${millions} million, drawn from the stocks of the Department of Defense. The package \
         includes missiles for Hawk air defence systems and four Avenger air defence \
         systems.</p></article></body></html>"
    )
}

fn rss(items: &str) -> Reply {
    Reply::feed(format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{items}\
         </channel></rss>"
    ))
}

fn item(link: &str) -> String {
    format!("<item><title>Aid</title><link>{link}</link></item>")
}

pub(crate) fn watched(server: &Server, path: &str) -> Place {
    let place = Place::new();
    place.run(&format!("feed add {} --by ann", server.url(path))).ends(0);
    server.asked();
    place
}

#[test]
fn rss_atom_and_json_feeds_are_polled() {
    let server = Server::new();
    for (number, millions) in [(1, 400), (2, 275), (3, 725)] {
        server.set(&format!("/{number}"), Reply::page(page(millions, 4 * number)));
    }
    server.set("/rss", rss(&item("/1")));
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><id>a</id>\
         <updated>2022-11-08T00:00:00Z</updated><entry><id>e</id><title>Aid</title>\
         <updated>2022-11-08T00:00:00Z</updated><link href=\"/2\"/></entry></feed>";
    server.set("/atom", Reply::of("application/atom+xml", atom));
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"items\":[\
         {{\"id\":\"1\",\"url\":\"{}\",\"content_text\":\"a beginning\"}}]}}",
        server.url("/3")
    );
    server.set("/json", Reply::of("application/feed+json", json));
    let place = watched(&server, "/rss");
    for path in ["/atom", "/json"] {
        place.run(&format!("feed add {}", server.url(path))).ends(0);
    }
    let ran = place.run("feed poll").ends(0);
    assert!(ran.out.contains("3 articles read, 3 new packages"), "{}", ran.out);
    let list = place.run("list --format ndjson").ends(0).out;
    for amount in ["400000000", "275000000", "725000000"] {
        assert!(list.contains(amount), "{list}");
    }
    let feeds = place.run("feed list --format ndjson").ends(0).out;
    let titles: Vec<String> = feeds
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["title"].to_string())
        .collect();
    assert_eq!(titles, ["\"A\"", "\"J\"", "\"News\""]);
    place.run("verify").ends(0);
}

#[test]
fn what_a_feed_says_unchanged_is_not_asked_for_again() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10))).set("/rss", rss(&item("/1")));
    let place = watched(&server, "/rss");
    place.run("feed poll").ends(0);
    assert_eq!(server.paths(), ["/1", "/rss"]);
    let before = place.run("log --format ndjson").ends(0).out;
    let ran = place.run("feed poll").ends(0);
    assert!(ran.err.contains("nothing new in 1 entry"), "{}", ran.err);
    assert_eq!(server.paths(), ["/rss"]);
    place.run("feed poll --again").ends(0);
    assert_eq!(server.paths(), ["/1", "/rss"]);
    assert_eq!(place.run("log --format ndjson").ends(0).out, before);
    let two = item("/2") + &item("/1");
    server.set("/2", Reply::page(page(275, 20))).set("/rss", rss(&two));
    let ran = place.run("feed poll").ends(0);
    assert!(ran.out.contains("1 article read, 1 new package"), "{}", ran.out);
    assert_eq!(server.paths(), ["/2", "/rss"]);
}

#[test]
fn a_server_that_names_each_answer_anew_leaves_no_entries() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10)));
    server.set("/rss", rss(&item("/1")).with("ETag", "\"v1\""));
    let place = watched(&server, "/rss");
    place.run("feed poll").ends(0);
    let before = place.run("log --format ndjson").ends(0).out;
    for version in ["\"v2\"", "\"v3\""] {
        server.set("/rss", rss(&item("/1")).with("ETag", version));
        place.run("feed poll").ends(0);
    }
    assert_eq!(place.run("log --format ndjson").ends(0).out, before);
}

#[test]
fn servers_are_asked_only_for_newer_versions_and_told_nothing_else() {
    let server = Server::new();
    let dated = "Thu, 10 Nov 2022 18:00:00 GMT";
    server.set("/1", Reply::page(page(400, 10)).with("Last-Modified", dated));
    server.set("/rss", rss(&item("/1")).with("ETag", "\"v1\""));
    let place = watched(&server, "/rss");
    place.run("feed poll").ends(0);
    for asked in server.asked() {
        let names: Vec<&str> = asked.headers.keys().map(String::as_str).collect();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "{}", asked.path);
        assert!(asked.headers["user-agent"].starts_with("aidledger/"));
    }
    let ran = place.run("feed poll").ends(0);
    assert!(ran.err.ends_with(": nothing new\n"), "{}", ran.err);
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].headers["if-none-match"], "\"v1\"");
    let ran = place.run(&format!("add {}", server.url("/1"))).ends(0);
    assert!(ran.out.contains("known, nothing changed"), "{}", ran.out);
    assert_eq!(server.asked()[0].headers["if-modified-since"], dated);
}

#[test]
fn a_dead_article_is_named_the_rest_is_recorded_and_it_is_asked_for_again() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10))).set("/3", Reply::page(page(275, 20)));
    let items = item("/1") + &item("/2") + &item("/3");
    server.set("/rss", rss(&items).with("ETag", "\"v1\""));
    let place = watched(&server, "/rss");
    let ran = place.run("feed poll").ends(3);
    let dead = server.url("/2");
    let expected =
        format!("error: {dead}: the server answers 404 Not Found: expected the document");
    assert!(ran.err.contains(&expected), "{}", ran.err);
    let counts = "2 articles read, 1 not readable, 2 new packages";
    assert!(ran.out.contains(counts), "{}", ran.out);
    server.asked();
    server.set("/2", Reply::page(page(725, 28)));
    let ran = place.run("feed poll").ends(0);
    assert!(ran.out.contains("1 article read, 1 new package"), "{}", ran.out);
    assert_eq!(server.paths(), ["/2", "/rss"]);
    assert!(place.run("feed poll").ends(0).err.ends_with(": nothing new\n"));
}

#[test]
fn a_dead_feed_is_named_and_the_others_are_read() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10)));
    server.set("/dead", rss("")).set("/rss", rss(&item("/1")));
    let place = watched(&server, "/rss");
    place.run(&format!("feed add {}", server.url("/dead"))).ends(0);
    server.set("/dead", Reply::status("500 Internal Server Error"));
    let ran = place.run("feed poll").ends(3);
    assert!(ran.err.contains("/dead: the server answers 500 Internal Server Error"), "{}", ran.err);
    assert!(ran.out.contains("1 article read, 1 not readable, 1 new package"), "{}", ran.out);
    let alone = place.run(&format!("feed poll {}", server.url("/dead"))).ends(1);
    assert!(alone.err.contains("answers 500"), "{}", alone.err);
    server.set("/dead", Reply::feed("<rss version=\"2.0\"><channel><item>"));
    let ran = place.run("feed poll").ends(3);
    assert!(ran.err.contains("/dead: expected an RSS, Atom or JSON feed: "), "{}", ran.err);
}

#[test]
fn the_same_article_at_two_addresses_is_one() {
    let server = Server::new();
    let other = page(400, 10).replace("<article>", "<!-- another request --><article>");
    server.set("/1", Reply::page(page(400, 10))).set("/1?from=feed", Reply::page(other));
    server.set("/rss", rss(&(item("/1?from=feed") + &item("/1"))));
    let place = watched(&server, "/rss");
    let ran = place.run("feed poll").ends(0);
    let counts = "2 articles read, 1 of them known already, 1 new package";
    assert!(ran.out.contains(counts), "{}", ran.out);
    place.run("verify").ends(0);
}

#[test]
fn an_entry_without_a_link_is_read_from_the_feed_itself() {
    let text = ARTICLE.split("\n\n").nth(1).unwrap();
    let entries = format!(
        "<item><guid>a</guid><title>US announces new military aid for Ukraine</title><pubDate>Fri, 11 Nov 2022 01:00:00 \
         -0500</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>\
         <item><guid>b</guid><title>Nothing</title></item>"
    );
    let place = Place::new();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ministry</title>\
         <language>en</language>{entries}</channel></rss>"
    );
    place.file("feed.xml", feed).run("feed add feed.xml").ends(0);
    let ran = place.run("feed poll").ends(3);
    assert!(ran.err.contains("feed.xml#b: neither a link nor a text"), "{}", ran.err);
    let shown = place.run("show P1").ends(0).out;
    for expected in ["2022-11-10", "400 million USD", "Ministry"] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    place.run("verify").ends(0);
}

#[test]
fn a_corrected_entry_of_a_feed_in_a_file_waits_for_a_person() {
    let text = ARTICLE.split("\n\n").nth(1).unwrap();
    let feed = |text: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>Ministry</title><language>en</language><item>\
             <guid>a</guid><title>US announces new military aid for Ukraine</title><pubDate>Fri, 11 \
             Nov 2022 01:00:00 -0500</pubDate><description>{text}</description></item></channel></rss>"
        )
    };
    let place = Place::new();
    place.file("feed.xml", feed(text)).run("feed add feed.xml").ends(0);
    place.run("feed poll --accept-all").ends(0);
    place.file("feed.xml", feed(&text.replace("$400", "$450")));
    let ran = place.run("feed poll --accept-all").ends(0);
    assert!(ran.out.contains("may be P1, which this page told before"), "{}", ran.out);
    let totals = place.run("totals").ends(0).out;
    assert!(totals.contains("400,000,000") && !totals.contains("850,000,000"), "{totals}");
    place.run("verify --rebuild").ends(0);
}

#[test]
fn what_is_of_the_public_web_leads_to_no_machine_nearby() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10)));
    let known = Validators::default();
    let port = server.url("/1");
    let port = port.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "localhost"] {
        let address = format!("http://{host}:{port}");
        let refusal =
            get(&address, &known, Wanted::Article, Reach::Public).unwrap_err().to_string();
        let expected =
            "is at 127.0.0.1, in this machine or its network: expected an address of the";
        assert!(refusal.contains(expected), "{address}: {refusal}");
    }
    assert!(server.paths().is_empty());
    // What stands on a machine nearby itself may lead there.
    let Answer::Document(found) =
        get(&server.url("/1"), &known, Wanted::Article, Reach::Any).unwrap()
    else {
        panic!("no document")
    };
    assert_eq!(found.reach, Reach::Any);
}

#[test]
fn a_changed_article_is_a_new_version_and_its_changed_sum_waits_for_a_person() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10)));
    let place = Place::new();
    let add = format!("add --accept-above 0.5 {}", server.url("/1"));
    place.run(&add).ends(0);
    server.set("/1", Reply::page(page(450, 10)));
    let ran = place.run(&add).ends(0);
    assert!(ran.out.contains("changed since it was read as article 1, which stays"), "{}", ran.out);
    assert!(ran.out.contains("may be P1, which this page told before"), "{}", ran.out);
    let totals = place.run("totals").ends(0).out;
    assert!(totals.contains("400,000,000") && !totals.contains("850,000,000"), "{totals}");
    for sum in [470, 490] {
        server.set("/1", Reply::page(page(sum, 10)));
        place.run(&add).ends(0);
        let totals = place.run("totals").ends(0).out;
        assert!(totals.contains("  400,000,000"), "{sum}: {totals}");
    }
    let same = page(450, 10).replace("includes", "also includes");
    server.set("/1", Reply::page(same));
    place.run("accept P2").ends(0);
    let ran = place.run(&add).ends(0);
    assert!(ran.out.contains("further   P2"), "{}", ran.out);
    place.run("verify --rebuild").ends(0);
}

#[test]
fn redirects_are_followed_within_limits_and_only_on_the_web() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10)));
    server.set("/old", Reply::status("302 Found").with("Location", "/1"));
    server.set("/round", Reply::status("302 Found").with("Location", "/round"));
    server.set("/file", Reply::status("302 Found").with("Location", "file:///etc/passwd"));
    let place = Place::new();
    place.run(&format!("add {}", server.url("/old"))).ends(0);
    let shown = place.run("show P1").ends(0).out;
    assert!(shown.contains(&server.url("/1")), "{shown}");
    for (path, expected) in
        [("/round", "sent on more than 5 times"), ("/file", "expected an address")]
    {
        let ran = place.run(&format!("add {}", server.url(path))).ends(1);
        assert!(ran.err.contains(expected), "{}", ran.err);
    }
}

#[test]
fn what_is_no_whole_article_is_refused_and_nothing_of_it_is_kept() {
    let server = Server::new();
    let place = Place::new();
    server.set("/huge", Reply::of("text/plain", "money ".repeat(3_000_000)));
    server.set("/pdf", Reply::of("application/pdf", "%PDF-1.7"));
    server.set("/empty", Reply::page(""));
    server.set("/later", Reply::status("202 Accepted"));
    server.set("/cut", Reply::page(page(400, 10)).cut(100_000));
    for (path, expected) in [
        ("/huge", "more than 16 MiB: expected one document"),
        ("/pdf", "the server sends \"application/pdf\": expected text or a web page"),
        ("/empty", "document is empty"),
        ("/later", "202 Accepted"),
        ("/cut", "no answer"),
    ] {
        let ran = place.run(&format!("add {}", server.url(path))).ends(1);
        assert!(ran.err.contains(expected), "{path}: {}", ran.err);
    }
    for address in ["ftp://example.org/a", "file:///etc/passwd", "https://ann:secret@example.org/"]
    {
        let ran = place.run(&format!("add {address}")).ends(1);
        assert!(ran.err.contains("expected an address such as"), "{}", ran.err);
    }
    assert!(place.run("log --format ndjson").ends(0).out.is_empty());
}

#[test]
fn a_feed_leads_to_no_file() {
    let server = Server::new();
    let mut items = item("file:///etc/passwd");
    write!(items, "{}", item("javascript:alert(1)")).unwrap();
    server.set("/rss", rss(&items));
    let ran = watched(&server, "/rss").run("feed poll").ends(3);
    assert_eq!(ran.err.matches("expected an address such as").count(), 2, "{}", ran.err);
}

#[test]
fn titles_and_names_of_feeds_are_printed_harmless() {
    let server = Server::new();
    let hostile = "&#x202e;gpj&#x1b;[31m=1+1";
    let hostile = hostile.replace("&#x1b;", "\u{9b}");
    let items = format!("<item><guid>\u{202e}x</guid><title>{hostile}</title></item>");
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{hostile}</title>{items}\
         </channel></rss>"
    );
    server.set("/rss", Reply::feed(feed));
    let place = Place::new();
    let mut said = place.run(&format!("feed add {}", server.url("/rss"))).ends(0).out;
    said += &place.run("feed poll").ends(3).err;
    said += &place.run("feed list").ends(0).out;
    said += &place.run("log").ends(0).out;
    assert!(!said.contains(['\u{202e}', '\u{9b}', '\u{1b}']), "{said:?}");
}

#[test]
fn a_feed_is_watched_once_and_remembered_when_it_is_watched_again() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10))).set("/rss", rss(&item("/1")));
    let place = watched(&server, "/rss");
    let address = server.url("/rss");
    place.run("feed poll").ends(0);
    let ran = place.run(&format!("feed add {address}")).ends(0);
    assert!(ran.out.contains("watched already, nothing changed"), "{}", ran.out);
    place.run(&format!("feed remove {address} --by ann")).ends(0);
    let ran = place.run(&format!("feed remove {address}")).ends(1);
    assert!(ran.err.contains("no such feed, expected one that is watched"), "{}", ran.err);
    assert!(place.run("feed poll").ends(0).err.contains("no feed is watched"));
    place.run(&format!("feed add {address}")).ends(0);
    server.asked();
    place.run("feed poll").ends(0);
    assert_eq!(server.paths(), ["/rss"]);
    assert_eq!(place.run("list --format ndjson").ends(0).out.lines().count(), 1);
    place.run("verify --rebuild").ends(0);
}

#[test]
fn a_dry_run_of_a_poll_writes_nothing() {
    let server = Server::new();
    server.set("/1", Reply::page(page(400, 10))).set("/rss", rss(&item("/1")));
    let place = watched(&server, "/rss");
    let before = place.run("log --format ndjson").ends(0).out;
    let ran = place.run("feed poll -n").ends(0);
    assert!(ran.out.contains("Dry run: nothing was written."), "{}", ran.out);
    assert_eq!(place.run("log --format ndjson").ends(0).out, before);
}

#[test]
fn what_was_not_a_feed_is_not_watched() {
    let server = Server::new();
    server.set("/page", Reply::page(page(400, 10)));
    let place = Place::new();
    let ran = place.run(&format!("feed add {}", server.url("/page"))).ends(1);
    assert!(ran.err.contains("expected an RSS, Atom or JSON feed"), "{}", ran.err);
    place.run("feed add missing.xml").ends(1).says("error: missing.xml: no such file or folder");
    assert!(!place.path().join("aidledger.db").exists());
}
