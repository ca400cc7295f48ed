//! The report: the same in all three formats as its goldens say, harmless whatever an article says,
//! every figure with a way to its sentences, and small enough to open.

use crate::hostile_texts::hostile_texts;
use crate::reports::{amount, item, sample};
use crate::support::{ARTICLE, Place, check_golden, root};
use aidledger::model::package::PackageSource;
use aidledger::model::{
    Bounds, Counted, Item, Package, PackageId, Qualifier, Span, Standing, Thing,
};
use aidledger::report::Page;
use aidledger::report::document::{
    Dossier, Head, Material, QUOTED_IN_FULL, Quoted, Report, ReportFormat, Told, Vocabulary,
};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// Texts that harm a page or Markdown, besides those that go through every export.
const OF_PAGES: [&str; 14] = [
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\"><a href=javascript:alert(1)>x</a>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "<!-- <plaintext>",
    "&lt;b&gt; &#x3c;script&#x3e;",
    "<iframe srcdoc='<script>1</script>'>",
    "<base href=https://bad.example>",
    "<meta http-equiv=refresh content=0;url=https://bad.example>",
    "<style>*{display:none}</style>",
    "a\r\nb\u{2028}c\u{85}d\te",
    "# heading\n> quote\n```\ncode",
    "`${alert(1)}` ~~x~~ **y** __z__ $$e$$",
];

/// Text that steers a terminal, turns the direction of writing, or becomes markup.
fn all_hostile() -> Vec<String> {
    let mut all = hostile_texts();
    all.extend(OF_PAGES.map(str::to_owned));
    all
}

fn vocabulary(material: Material) -> Report {
    let names = [("US", "United States"), ("DE", "Germany"), ("UA", "Ukraine")];
    let vocabulary = Vocabulary {
        actor: &|code| {
            names.iter().find(|(known, _)| *known == code).map(|(_, name)| (*name).to_owned())
        },
        thing: &|item| {
            let (counted, unit) = match &item.unit {
                Some(unit) => (Counted::Rounds, Some(unit.clone())),
                None => (Counted::Launchers, None),
            };
            let class = item.class.as_ref().filter(|_| item.system.is_none());
            Thing { counted, name: class.unwrap_or(&item.name).clone(), unit }
        },
    };
    Report::of(material, &vocabulary)
}

fn rendered(report: &Report, format: ReportFormat) -> String {
    let mut out = Vec::new();
    report.render(format, Page { width: Some(100), ..Page::default() }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn told(package: &Package, text: &str) -> Told {
    let end = text.find(' ').unwrap_or(text.len());
    Told {
        source: package.sources.first().cloned().unwrap_or_else(|| source("articles/0.txt")),
        language: Some("en".to_owned()),
        is_by_hand: false,
        sentences: vec![Quoted {
            text: text.to_owned(),
            marks: vec![Span::new(0, end)],
            amounts: vec![Span::new(0, end)],
        }],
        is_left_out: false,
    }
}

fn source(location: &str) -> PackageSource {
    PackageSource {
        article: "cd".repeat(32),
        title: Some("Aid announced".to_owned()),
        publisher: Some("Ministry".to_owned()),
        published: "2023-01-20".parse().ok(),
        location: Some(location.to_owned()),
    }
}

fn dossier(package: Package) -> Dossier {
    let text = format!("Package {} is <b>worth</b> its sentence.", package.id);
    Dossier {
        worth: package.amount,
        is_summed: true,
        tellings: vec![told(&package, &text)],
        amended: Vec::new(),
        package,
    }
}

fn material() -> Material {
    let packages = sample().into_iter().filter(|one| one.standing == Standing::Accepted);
    let mut dossiers: Vec<Dossier> = packages.map(dossier).collect();
    let first = &mut dossiers[0];
    first.amended.push("amount up to 400 million USD (entry 9)".to_owned());
    let mut again = told(&first.package, "Another article tells it.");
    again.source = source("https://mod.example/news/1");
    first.tellings.push(again);
    dossiers[1].worth =
        Some(amount(Some(1_700_000_000), Some(1_700_000_000), Qualifier::Exact, "EUR"));
    dossiers[3].tellings = vec![Told {
        source: PackageSource { title: None, publisher: None, ..source("a letter") },
        language: None,
        is_by_hand: true,
        sentences: Vec::new(),
        is_left_out: false,
    }];
    Material {
        title: "Aid <in> sum".to_owned(),
        dossiers,
        filter: vec![("donor".to_owned(), "US, DE".to_owned())],
        setting: "announced; military help; accepted".to_owned(),
        rates: vec!["in EUR at the rate of the day of announcement".to_owned()],
        left_out: vec!["2 packages proposed: left out".to_owned()],
        head: Head {
            entry: 12,
            hash: "5f2c9d8e7a61".repeat(6)[..64].to_owned(),
            recorded_at: Some("2026-11-22T12:00:00Z".to_owned()),
        },
    }
}

#[test]
fn a_report_is_in_every_format_as_its_golden_says() {
    let report = vocabulary(material());
    for (format, end) in [
        (ReportFormat::Html, "html"),
        (ReportFormat::Markdown, "markdown"),
        (ReportFormat::Table, "txt"),
    ] {
        let text = rendered(&report, format);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format} lets escapes through");
        check_golden(&root().join(format!("fixtures/reports/report.{end}")), &text);
    }
}

#[test]
fn money_of_which_no_date_is_known_has_no_months() {
    let mut material = material();
    material.dossiers.iter_mut().for_each(|dossier| dossier.package.announced = None);
    let report = vocabulary(material);
    for format in [ReportFormat::Html, ReportFormat::Markdown, ReportFormat::Table] {
        let text = rendered(&report, format);
        assert!(!text.to_lowercase().contains("by month"), "{text}");
        assert!(text.contains("None of these packages has a known date."), "{text}");
    }
}

/// A material in which every text that can come from an article or a person is the hostile one.
fn hostile(text: &str) -> Material {
    let own = || text.to_owned();
    let mut material = material();
    material.title = own();
    material.filter.push((own(), own()));
    material.setting = own();
    material.rates.push(own());
    material.left_out.push(own());
    for dossier in &mut material.dossiers {
        dossier.amended.push(own());
        dossier.package.mechanism = Some(own());
        dossier.package.donors = vec![own()];
        dossier.package.recipients.push(own());
        let mut thing = item(Some("x"), text, None, Some(text));
        thing.class = Some(own());
        dossier.package.items.push(thing.clone());
        dossier.package.items.push(Item { system: None, ..thing });
        for told in &mut dossier.tellings {
            told.language = Some(own());
            told.source = PackageSource {
                article: own(),
                title: Some(own()),
                publisher: Some(own()),
                published: None,
                location: Some(format!("https://{text}")),
            };
            let marks = vec![Span::new(0, 1), Span::new(2, 9), Span::new(1, 400)];
            told.sentences.push(Quoted { text: own(), marks, amounts: Vec::new() });
        }
    }
    material
}

#[test]
fn nothing_that_an_article_says_becomes_markup_or_steers_anything() {
    let elements: BTreeSet<String> = names(&rendered(&vocabulary(material()), ReportFormat::Html));
    for text in all_hostile() {
        let text = text.as_str();
        let report = vocabulary(hostile(text));
        let page = rendered(&report, ReportFormat::Html);
        assert!(names(&page).is_subset(&elements), "{text:?} adds elements or attributes");
        let html = Html::parse_document(&page);
        for link in html.select(&Selector::parse("[href]").unwrap()) {
            let address = link.attr("href").unwrap();
            assert!(address.starts_with('#') || address.starts_with("https://"), "{address}");
        }
        assert_eq!(html.select(&Selector::parse("style").unwrap()).count(), 1);
        for format in ReportFormat::ALL {
            let out = rendered(&report, *format);
            let steers = |c: char| {
                c.is_control() && c != '\n'
                    || ('\u{202a}'..='\u{202e}').contains(&c)
                    || ('\u{2066}'..='\u{2069}').contains(&c)
                    || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
            };
            let found = out.chars().find(|c| steers(*c));
            assert_eq!(found, None, "{text:?} in {format}");
        }
        let markdown = rendered(&report, ReportFormat::Markdown);
        // An address between angle brackets is read as nothing but an address.
        let mut parts = markdown.split("<https://");
        let first = parts.next().unwrap_or_default().to_owned();
        let rest = parts.map(|part| part.split_once('>').expect("an address ends").1);
        let opened = (first + &rest.collect::<String>()).replace("> ", "");
        assert!(!opened.contains("<s") && !opened.contains("<i"), "{text:?}: {opened}");
        let linked = opened.replace("\\]", "");
        assert!(!linked.contains("](javascript"), "{text:?}: {linked}");
    }
}

/// The names of all elements and attributes.
fn names(page: &str) -> BTreeSet<String> {
    let html = Html::parse_document(page);
    let mut names = BTreeSet::new();
    for element in html.select(&Selector::parse("*").unwrap()) {
        names.insert(element.value().name().to_owned());
        // The language of a quotation is the one attribute that only some have.
        let attributes = element.value().attrs().map(|(name, _)| format!("@{name}"));
        names.extend(attributes.filter(|name| name != "@lang"));
    }
    names
}

#[test]
fn every_figure_leads_to_a_sentence() {
    let mut material = material();
    material.dossiers.retain(|one| one.tellings.iter().any(|told| !told.sentences.is_empty()));
    let page = rendered(&vocabulary(material), ReportFormat::Html);
    let html = Html::parse_document(&page);
    let select = |selector: &str| Selector::parse(selector).unwrap();
    let figures = "details.card, details.row, .matrix td:not(:empty), .packages tbody tr";
    let mut count = 0;
    for figure in html.select(&select(figures)) {
        let links: Vec<_> = figure.select(&select("a[href^='#s']")).collect();
        assert!(!links.is_empty(), "{} leads nowhere", figure.html());
        for link in links {
            let target = select(link.attr("href").unwrap());
            let heading = html.select(&target).next().expect("the link has a target");
            let under = heading.next_siblings().filter_map(ElementRef::wrap);
            let mut under = under.take_while(|next| next.value().name() != "h3");
            let sentence = under.find(|next| next.value().name() == "blockquote");
            let text: String = sentence.expect("a sentence stands under it").text().collect();
            assert!(text.contains(' '), "{text}");
            count += 1;
        }
    }
    assert!(count > 20, "{count} links");
    for link in html.select(&select("a[href^='#']")) {
        let target = link.attr("href").unwrap();
        assert!(html.select(&select(target)).next().is_some(), "{target} is nowhere");
    }
    for chart in html.select(&select("svg[role=img]")) {
        let named = chart.attr("aria-labelledby").unwrap();
        for id in named.split(' ') {
            assert!(html.select(&select(&format!("#{id}"))).next().is_some(), "{id}");
        }
    }
}

#[test]
fn the_page_forbids_itself_to_load_or_run_anything() {
    let page = rendered(&vocabulary(material()), ReportFormat::Html);
    let html = Html::parse_document(&page);
    let policy = Selector::parse("meta[http-equiv='Content-Security-Policy']").unwrap();
    let policy = html.select(&policy).next().unwrap().attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    let loads = "script, img, link, iframe, object, embed, video, audio, form, [src], [style]";
    assert_eq!(html.select(&Selector::parse(loads).unwrap()).count(), 0);
    assert!(!page.contains("url(") && !page.contains("@import"));
}

/// The page of ten thousand packages.
pub(crate) fn large_page() -> String {
    let donors = ["US", "DE", "GB", "DK", "PL", "CA", "NL", "SE", "NO", "FI", "FR", "CZ"];
    let sentence = "The ministry said on Thursday that a further package of military assistance \
                    worth 400 million dollars would be drawn from stocks, with missiles for air \
                    defence, artillery rounds and vehicles among it.";
    let thing =
        |name: &str| item(Some("x"), name, Some(Bounds::of(12.into(), Qualifier::Exact)), None);
    let dossiers = (0..10_000_u64).map(|number| {
        let mut package = sample().swap_remove(0);
        package.id = PackageId(number + 1);
        package.donors = vec![donors[usize::try_from(number % 12).unwrap()].to_owned()];
        let (year, month) = (2022 + number % 4, 1 + number % 12);
        package.announced = format!("{year}-{month:02}-{:02}", 1 + number % 28).parse().ok();
        package.items =
            ["MIM-23 Hawk", "FIM-92 Stinger", "M777 howitzer", "M2A2 Bradley"].map(thing).to_vec();
        let mut tellings = vec![told(&package, sentence); 1 + usize::from(number % 2 == 0)];
        for told in &mut tellings {
            told.source =
                source(&format!("https://www.ministry.example/news/{year}/{number}.html"));
            told.sentences.push(told.sentences[0].clone());
        }
        Dossier { tellings, ..dossier(package) }
    });
    let mut dossiers: Vec<Dossier> = dossiers.collect();
    dossiers.sort_by_key(|one| one.package.announced);
    let report = vocabulary(Material { dossiers, ..material() });
    assert!(report.material.dossiers.len() > QUOTED_IN_FULL);
    rendered(&report, ReportFormat::Html)
}

#[test]
fn ten_thousand_packages_make_a_page_of_at_most_ten_million_bytes() {
    let page = large_page();
    println!("{} bytes", page.len());
    assert!(page.len() <= 10_000_000, "{} bytes", page.len());
    assert!(page.contains("only the sentence that states the amount"));
    // Each package is quoted once, whatever tells it, and every month leads to a row.
    assert_eq!(page.matches("<blockquote").count(), 10_000);
    assert_eq!(page.matches("<p class=source>").count(), 15_000);
    let rows: Vec<&str> = page
        .split("Their rows in the table of packages, from P")
        .skip(1)
        .filter_map(|rest| rest.split(' ').next())
        .collect();
    assert!(rows.len() >= 12, "{rows:?}");
    assert!(rows.iter().all(|row| page.contains(&format!("<tr id=p{row}>"))), "{rows:?}");
}

fn ledger() -> Place {
    let place = Place::new();
    place.file("a.txt", ARTICLE).run("add a.txt").ends(0);
    place
        .run(
            "enter --donor DE --recipient UA --date 2023-02 --amount 'up to 50 million EUR' \
              --item '12 M777 howitzer' --source https://example.org/1 --quote 'It is 50.'",
        )
        .ends(0);
    place
}

#[test]
fn the_same_head_and_filter_make_the_same_bytes() {
    let place = ledger();
    for format in ReportFormat::ALL {
        let run = || place.run(&format!("report --format {format} --in EUR")).ends(0).out;
        assert_eq!(run(), run());
    }
    let before = place.run("report --format html --donor US").ends(0).out;
    place.run("enter --donor US --recipient UA --amount 5m USD").ends(2);
    place.run("void P2 --reason 'not aid'").ends(0);
    assert_ne!(place.run("report --format html --donor US").ends(0).out, before);
}

#[test]
fn a_report_is_written_as_its_file_is_named() {
    let place = ledger();
    for (name, start) in [
        ("r.html", "<!doctype html>"),
        ("r.md", "# Aid so far\n"),
        ("r.txt", "Aid so far\n"),
        ("r", "<!doctype html>"),
    ] {
        let ran = place.run(&format!("report -o {name} --title 'Aid so far'")).ends(0);
        assert_eq!(
            (ran.out.as_str(), ran.err.as_str()),
            ("", &*format!("{name}: 2 packages, 4 sentences\n"))
        );
        let text = std::fs::read_to_string(place.path().join(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {text:.40}");
    }
    place
        .run("report -o aidledger.db")
        .ends(2)
        .says("error: --output aidledger.db: expected a file other than the ledger");
    let none = place.run("report --donor SE").ends(0).out;
    assert!(none.contains("\nNo package\n") && !none.contains("Sentences"), "{none}");
}

#[test]
fn what_a_person_put_right_is_said_beside_the_sentence() {
    let place = ledger();
    place.run("amend P1 --amount '350 million USD' --reason 'put right'").ends(0);
    let page = place.run("report --format html").ends(0).out;
    assert!(page.contains("Put right by a person: amount 350 million USD (entry"), "{page}");
}
