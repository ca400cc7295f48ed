//! The report in a browser: it fits a phone in light and dark, loads nothing, and a figure leads to
//! its sentence. Skipped where there is no Chromium.

use crate::support::{Place, root};
use serde_json::Value;
use std::process::Command;

/// Looks at the page from inside and tells the frame's parent. The copy that it stands in allows this
/// one script; all else of the policy holds, so that a style that does not fit its hash is seen.
const PROBE: &str = r#"<script>
const root = document.documentElement;
const wide = () => root.scrollWidth - root.clientWidth;
const open = (is) => document.querySelectorAll("details").forEach((one) => (one.open = is));
addEventListener("load", () => {
  document.querySelectorAll("article").forEach((one) => (one.style.contentVisibility = "visible"));
  const said = { dark: matchMedia("(prefers-color-scheme: dark)").matches };
  said.paper = getComputedStyle(document.body).backgroundColor;
  said.screen = innerWidth;
  said.closed = wide();
  open(true);
  said.open = wide();
  open(false);
  document.querySelector(".card summary").click();
  const link = document.querySelector(".card[open] a");
  said.seen = link.getBoundingClientRect().height > 0;
  link.click();
  setTimeout(() => {
    const target = document.querySelector(":target");
    said.hash = location.hash;
    said.target = target && target.id;
    said.top = target && Math.round(target.getBoundingClientRect().top);
    said.quote = target && target.querySelector("blockquote p").textContent;
    said.loaded = performance.getEntriesByType("resource").length;
    parent.postMessage(JSON.stringify(said), "*");
  }, 200);
});
</script></body>"#;

/// A window is never as narrow as a phone; a frame in it is.
const FRAME: &str = r#"<!doctype html><pre id="said"></pre>
<iframe src="copy.html" style="border:0;width:WIDTHpx;height:800px"></iframe>
<script>addEventListener("message", (said) => {
  document.getElementById("said").textContent = said.data;
});</script>"#;

fn chromium() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
    })
}

/// What the probe says of the copy in this place.
fn look(place: &Place, browser: &str, scheme: &str, width: u32) -> Value {
    place.file("frame.html", FRAME.replace("WIDTH", &width.to_string()));
    let frame = format!("file://{}", place.path().join("frame.html").display());
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .args(["--allow-file-access-from-files", "--virtual-time-budget=20000"])
        .arg(format!("--user-data-dir={}", place.path().join(scheme).display()))
        .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
        .arg(frame)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = text.split("<pre id=\"said\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    let said = said.unwrap_or_default().replace("&lt;", "<").replace("&amp;", "&");
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_report_fits_a_phone_in_light_and_dark_and_a_figure_leads_to_its_sentence() {
    let Some(browser) = chromium() else {
        println!("a_report_fits_a_phone_in_light_and_dark: skipped, there is no chromium");
        return;
    };
    let place = Place::new();
    let articles = root().join("fixtures/articles");
    place.run(&format!("add --quiet {}", articles.display())).ends(0);
    place.run("report -o report.html").ends(0);
    let page = std::fs::read_to_string(place.path().join("report.html")).unwrap();
    let copy = page
        .replace("style-src", "script-src &#39;unsafe-inline&#39;; style-src")
        .replace("</body>", PROBE);
    assert!(copy.contains("script-src") && copy.contains("scrollWidth"));
    place.file("copy.html", copy);
    let (light, dark) = (("1", false, "rgb(255, 255, 255)"), ("0", true, "rgb(21, 24, 27)"));
    for ((scheme, is_dark, paper), width) in [(light, 360), (dark, 360), (light, 760), (light, 960)]
    {
        let said = look(&place, browser, scheme, width);
        println!("{said}");
        assert_eq!(said["dark"], is_dark);
        assert_eq!(said["paper"], paper, "the style is not in force");
        assert_eq!(said["screen"], width);
        assert_eq!(said["closed"], 0, "something overflows");
        assert_eq!(said["open"], 0, "something that was opened overflows");
        assert_eq!(said["seen"], true, "an opened figure shows its packages");
        assert_eq!(said["loaded"], 0);
        assert_eq!(said["hash"], format!("#{}", said["target"].as_str().unwrap()));
        assert!((0..800).contains(&said["top"].as_i64().unwrap()), "{said}");
        assert!(said["quote"].as_str().unwrap().contains(' '), "{said}");
    }
}
