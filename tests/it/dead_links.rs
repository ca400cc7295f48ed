//! Entries of feeds whose links lead nowhere.

use crate::feeds::{page, watched};
use crate::server::{Reply, Server};

#[test]
fn an_entry_whose_link_is_dead_is_read_from_the_feed_where_that_holds_the_whole_of_it() {
    let server = Server::new();
    let text = page(400, 10);
    let whole = text.split_once("<article>").unwrap().1.split_once("</article>").unwrap().0;
    let item = |name: &str, tag: &str| {
        format!(
            "<item><title>Aid</title><guid>{name}</guid><link>{}</link>\
             <pubDate>Thu, 10 Nov 2022 12:00:00 +0000</pubDate>\
             <{tag}><![CDATA[{whole}]]></{tag}></item>",
            server.url(&format!("/dead/{name}"))
        )
    };
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>News</title>\
         {}{}</channel></rss>",
        item("whole", "content:encoded"),
        item("summary", "description")
    );
    server.set("/rss", Reply::feed(feed));
    let place = watched(&server, "/rss");
    let ran = place.run("feed poll").ends(3);
    assert!(ran.out.contains("1 article read, 1 not readable, 1 new package"), "{}", ran.out);
    assert!(ran.err.contains("expected the document; read from the feed itself"), "{}", ran.err);
    assert!(ran.err.contains("/dead/summary"), "{}", ran.err);
    // It is cited by the address at which it stood, and not asked for again; the other one is.
    let shown = place.run("show P1").ends(0).out;
    assert!(shown.contains("/dead/whole"), "{shown}");
    server.asked();
    place.run("feed poll").ends(3);
    assert_eq!(server.paths(), ["/dead/summary", "/rss"]);
}
