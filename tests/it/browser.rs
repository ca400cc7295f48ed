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
  document.querySelectorAll(".part").forEach((one) => (one.style.contentVisibility = "visible"));
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
    const quote = document.querySelector(":target ~ blockquote");
    said.quote = quote && quote.textContent;
    said.loaded = performance.getEntriesByType("resource").length;
    const tell = () => parent.postMessage(JSON.stringify(said), "*");
    if (!self.axe) return tell();
    open(true);
    axe.run(document, { resultTypes: ["violations"] }).then((found) => {
      const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
      said.axe = bad.map((one) => `${one.id}: ${one.help}: ${one.nodes[0].html}`);
      tell();
    });
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

/// Takes a picture of a page in this place, for people to look at.
fn picture(place: &Place, browser: &str, page: &str, name: &str, scheme: &str, size: &str) {
    let folder = root().join("target/report-pages");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.png"));
    let ran = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
        .arg("--allow-file-access-from-files")
        .arg(format!("--screenshot={}", file.display()))
        .arg(format!("--window-size={size}"))
        .arg(format!("--user-data-dir={}", place.path().join(name).display()))
        .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
        .arg(format!("file://{}", place.path().join(page).display()))
        .output()
        .unwrap();
    assert!(ran.status.success() && file.is_file(), "no picture {name}");
    println!("{}", file.display());
}

/// The checker of accessibility, where it was installed.
fn axe() -> String {
    let path = root().join("target/axe/node_modules/axe-core/axe.min.js");
    let script = std::fs::read_to_string(path).unwrap_or_default();
    if script.is_empty() {
        println!("no target/axe/node_modules/axe-core: what it looks for is not looked for");
        return String::new();
    }
    format!("<script>{}</script>", script.replace("</script", "<\\/script"))
}

/// A page that allows scripts of its own, and this one in it.
fn with_script(page: &str, script: &str) -> String {
    let copy = page
        .replacen("style-src", "script-src &#39;unsafe-inline&#39;; style-src", 1)
        .replace("</body>", script);
    assert!(copy.contains("script-src") && copy.contains(script));
    copy
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
    let axe = axe();
    place.file("copy.html", with_script(&page, &format!("{axe}{PROBE}")));
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
        if !axe.is_empty() {
            assert_eq!(said["axe"], serde_json::json!([]), "{said}");
        }
    }
    for (name, scheme) in [("light", "1"), ("dark", "0")] {
        picture(&place, browser, "report.html", name, scheme, "1200,5000");
    }
    place.file("copy.html", &page);
    place.file("frame.html", FRAME.replace("WIDTH", "360").replace("800px", "4000px"));
    picture(&place, browser, "frame.html", "phone", "1", "500,4000");
}

/// How much wider a table and its page are than their places.
const WIDTHS: &str = r#"<script>addEventListener("load", () => {
  const beyond = (one) => one.scrollWidth - one.clientWidth;
  const said = { page: beyond(document.documentElement) };
  said.table = beyond(document.querySelector(".scroll"));
  parent.postMessage(JSON.stringify(said), "*");
});</script></body>"#;

#[test]
fn a_comparison_fits_a_screen_and_on_a_phone_the_table_alone_is_moved() {
    let Some(browser) = chromium() else {
        println!("a_comparison_fits_a_screen: skipped, there is no chromium");
        return;
    };
    let place = Place::new();
    let table = root().join("fixtures/sheets/tracker.csv").display().to_string();
    place.run(&format!("import kiel {table} --stated")).ends(0);
    let item = "15 armoured personnel carriers with remote weapon stations";
    let address = "https://news.ministry.example/2023/12/14/a-long-address-of-a-package/part-2";
    let command = format!(
        "enter --donor EE --recipient UA --date 2023-12-14 --amount '80,123,456.78 EUR' \
         --item '{item}' --source {address}"
    );
    place.run(&command).ends(0);
    let page = place.run(&format!("compare kiel {table} --format html")).ends(0).out;
    place.file("copy.html", with_script(&page, WIDTHS));
    for width in [360, 1200] {
        let said = look(&place, browser, "1", width);
        assert_eq!(said["page"], 0, "at {width}: {said}");
        assert!(width < 1200 || said["table"] == 0, "at {width}: {said}");
    }
}

/// Says how long it took from the request to the first layout, in milliseconds.
const CLOCK: &str = r#"<script>addEventListener("load", () => {
  document.body.getBoundingClientRect();
  const said = document.createElement("pre");
  said.id = "said";
  said.textContent = Math.round(performance.now());
  document.body.replaceChildren(said);
});</script></body>"#;

#[test]
fn a_page_of_ten_thousand_packages_opens() {
    let Some(browser) = chromium() else {
        println!("a_page_of_ten_thousand_packages_opens: skipped, there is no chromium");
        return;
    };
    let place = Place::new();
    let page = crate::report::large_page();
    place.file("large.html", with_script(&page, CLOCK));
    let open = |number: usize| -> u64 {
        let output = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
            .arg("--window-size=1200,900")
            .arg(format!("--user-data-dir={}", place.path().join(number.to_string()).display()))
            .arg(format!("file://{}", place.path().join("large.html").display()))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let said = text.split("<pre id=\"said\">").nth(1);
        let said = said.and_then(|rest| rest.split("</pre>").next()).unwrap_or_default();
        said.parse().unwrap_or_else(|error| panic!("{error}: {text:.200}"))
    };
    // How long it took is said, and no test's business: it is the machine's as much as the page's.
    let best = (0..3).map(open).min().unwrap();
    println!("open after {best} ms");
}
