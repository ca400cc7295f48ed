//! What is exported: whole, harmless, the same bytes for the same ledger, and read by other programs.

use crate::hostile_texts::hostile_texts;
use crate::support::{ARTICLE, Place};
use aidledger::model::package::PackageSource;
use aidledger::model::{
    Aid, Amount, Bounds, Currency, Item, Package, PackageId, Proof, Qualifier, Span, Stage,
    Standing,
};
use aidledger::report::render::{Book, Reporter, iati, journal};
use aidledger::report::{
    EvidenceRow, Format, Page, Table, evidence, items, packages, render, sources, tidy,
};
use calamine::{Data, Reader};
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

/// Characters that steer a screen instead of being read; line ends and tabs have a meaning.
pub(crate) fn is_steering(character: char) -> bool {
    let is_control = character.is_control() && !matches!(character, '\n' | '\r' | '\t');
    is_control
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}'
            | '\u{200f}' | '\u{61c}' | '\u{feff}')
}

/// A package in which every text is this one.
pub(crate) fn package(number: usize, text: &str) -> Package {
    let text = text.to_owned();
    Package {
        id: PackageId(number as u64 + 1),
        donors: vec!["US".to_owned()],
        recipients: vec!["UA".to_owned()],
        announced: "2022-11-10".parse().ok(),
        amount: Some(Amount {
            bounds: Bounds::of(400.into(), Qualifier::UpTo),
            currency: Currency::USD,
        }),
        aid: Aid::Military,
        stage: Stage::Announced,
        mechanism: Some(text.clone()),
        sequence: None,
        items: vec![Item {
            system: None,
            name: text.clone(),
            text: text.clone(),
            class: None,
            kinds: Vec::new(),
            quantity: Some(Bounds::of(2.into(), Qualifier::Exact)),
            unit: Some(text.clone()),
            evidence: Span::new(0, 1),
        }],
        standing: Standing::Accepted,
        sources: vec![PackageSource {
            article: "ab".repeat(32),
            title: Some(text.clone()),
            publisher: Some(text.clone()),
            published: None,
            location: Some(format!("https://example.org/{text}")),
        }],
    }
}

pub(crate) fn all() -> Vec<Package> {
    hostile_texts().iter().enumerate().map(|(number, text)| package(number, text)).collect()
}

pub(crate) fn reporter(head: &str) -> Reporter<'_> {
    Reporter { organisation: "XX-1", head, made: None, name: &|_| None }
}

pub(crate) fn tables(all: &[Package]) -> Vec<(&'static str, Table)> {
    let rows: Vec<EvidenceRow> = all
        .iter()
        .map(|package| EvidenceRow {
            package: package.id,
            source: package.sources.first(),
            proof: Proof {
                field: "amount",
                span: Span::new(0, 1),
                quote: &package.items[0].name,
                rule: "r",
            },
            sentence: Some(&package.items[0].name),
        })
        .collect();
    vec![
        ("packages", packages(all)),
        ("items", items(all)),
        ("tidy", tidy(all)),
        ("sources", sources(all)),
        ("evidence", evidence(&rows)),
    ]
}

pub(crate) fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn the_corpus_is_large_and_no_text_stands_twice() {
    let texts = hostile_texts();
    let all: std::collections::BTreeSet<&String> = texts.iter().collect();
    assert!(texts.len() >= 200, "{}", texts.len());
    assert_eq!(all.len(), texts.len());
}

#[test]
fn no_hostile_text_steers_a_screen_in_any_format() {
    let all = all();
    for (name, table) in tables(&all) {
        for format in Format::ALL {
            let text = written(|out| render(&table, *format, Page::default(), out).unwrap());
            let found = text.chars().find(|character| is_steering(*character));
            assert_eq!(found, None, "{name} as {format}");
        }
    }
    let text = written(|out| journal(&all, "head\u{1b}", out).unwrap());
    assert!(!text.contains(is_steering));
    let reporter = reporter("head --> \u{1b}");
    let text = written(|out| {
        iati(&all, reporter, out).unwrap();
    });
    assert!(!text.contains(is_steering));
}

#[test]
fn no_cell_of_a_csv_begins_a_formula_and_the_rows_stay_whole() {
    let all = all();
    for (name, table) in tables(&all) {
        for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
            let mut out = Vec::new();
            render(&table, format, Page::default(), &mut out).unwrap();
            let mut reader =
                csv::ReaderBuilder::new().delimiter(delimiter).from_reader(out.as_slice());
            let mut rows = 0;
            for record in reader.records() {
                rows += 1;
                for cell in &record.unwrap() {
                    let is_number = cell.parse::<f64>().is_ok();
                    for line in cell.split(['\n', '\r']) {
                        let bare = line.trim_start();
                        let begins = bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                        assert!(is_number || !begins, "{name}: {cell:?}");
                    }
                    assert!(!cell.starts_with(['\t', '\r']), "{name}: {cell:?}");
                }
            }
            assert_eq!(rows, table.rows.len(), "{name}");
        }
    }
}

#[test]
fn json_gives_every_hostile_text_back_as_it_was() {
    let texts = hostile_texts();
    let table = items(&all());
    let text = written(|out| render(&table, Format::Ndjson, Page::default(), out).unwrap());
    assert_eq!(text.lines().count(), texts.len());
    for (line, expected) in text.lines().zip(&texts) {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["name"].as_str().unwrap(), expected);
    }
}

#[test]
fn a_workbook_holds_text_as_text_numbers_as_numbers_and_no_formula_or_link() {
    let all = all();
    let tables = tables(&all);
    let written = || {
        let mut book = Book::new("head", Some("2022-11-10T18:00:00Z")).unwrap();
        for (name, table) in &tables {
            book.table(name, table).unwrap();
        }
        let mut bytes = Vec::new();
        book.save(Cursor::new(&mut bytes)).unwrap();
        bytes
    };
    let (bytes, again) = (written(), written());
    assert!(bytes == again, "the same tables give other bytes");
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(&bytes)).unwrap();
    for (name, table) in &tables {
        let formulas = book.worksheet_formula(name).unwrap();
        assert!(formulas.used_cells().next().is_none(), "{name} has a formula");
        let range = book.worksheet_range(name).unwrap();
        assert_eq!(range.height(), table.rows.len() + 1, "{name}");
        for (_, _, cell) in range.used_cells() {
            if let Data::String(text) = cell {
                assert!(!text.contains(is_steering), "{name}: {text:?}");
            }
        }
    }
    let range = book.worksheet_range("packages").unwrap();
    let place = |name: &str| {
        range.rows().next().unwrap().iter().position(|cell| cell == &Data::String(name.into()))
    };
    let row = range.rows().nth(1).unwrap();
    assert_eq!(row[place("amount_high").unwrap()], Data::Float(400.0));
    assert!(matches!(row[place("announced").unwrap()], Data::DateTime(_)));
    let items = book.worksheet_range("items").unwrap();
    let names: Vec<String> = items.rows().skip(1).map(|row| row[6].to_string()).collect();
    for (name, expected) in names.iter().zip(hostile_texts()) {
        let expected = aidledger::report::render::clean(&expected);
        let is_cut = expected.encode_utf16().count() > 32_000;
        assert!(is_cut || *name == expected, "{name:.80?}, expected {expected:.80?}");
    }
}

#[test]
fn no_hostile_text_leaves_its_place_in_a_journal_or_in_xml() {
    let all = all();
    let text = written(|out| journal(&all, "head", out).unwrap());
    let entries = text.lines().filter(|line| line.starts_with("2022-11-10 * ")).count();
    assert_eq!(entries, all.len());
    for line in text.lines().filter(|line| !line.is_empty()) {
        let known = [
            ";",
            "    ; ",
            "2022-11-10 open ",
            "2022-11-10 * \"",
            "    Expenses:Aid:UA  400 USD",
            "    Income:Aid:US  -400 USD",
        ];
        assert!(known.iter().any(|start| line.starts_with(start)), "{line:?}");
    }
    let reporter = reporter("head");
    let text = written(|out| {
        assert_eq!(iati(&all, reporter, out).unwrap(), 0);
    });
    let count = |tag: &str| text.matches(tag).count();
    assert_eq!(count("<iati-activity xml:lang=\"en\">"), all.len());
    assert_eq!(count("</iati-activity>"), all.len());
    assert_eq!(count("<narrative>"), count("</narrative>"));
    let known = ["<script", "<img", "<!ENTITY", "<!DOCTYPE", "<![CDATA["];
    assert!(known.iter().all(|tag| !text.contains(tag)));
}

#[test]
fn every_export_names_the_head_of_the_journal_and_is_the_same_twice() {
    let place = Place::new();
    place.file("a.txt", ARTICLE).run("add a.txt").ends(0);
    let head = place.run("verify --format json").ends(0).out;
    let head: serde_json::Value = serde_json::from_str(&head).unwrap();
    let head = head["head"].as_str().unwrap();
    let mut formats = Vec::new();
    for format in ["csv", "json", "ndjson", "markdown"] {
        for what in ["packages", "items", "evidence", "sources", "summary", "tidy"] {
            formats.push(format!("{format} {what}"));
        }
    }
    formats.extend(["ledger", "iati", "parquet", "xlsx", "datapackage"].map(str::to_owned));
    // The same where nothing is exported.
    let none = formats.iter().map(|format| format!("{format} --donor NZ")).collect::<Vec<_>>();
    formats.extend(none);
    for format in formats {
        place.run(&format!("export {format} -o one --quiet")).ends(0);
        place.run(&format!("export {format} -o two --quiet")).ends(0);
        if format.starts_with("datapackage") {
            for name in ["datapackage.json", "packages.csv", "items.csv", "evidence.csv"] {
                let read = |folder: &str| fs::read(place.path().join(folder).join(name)).unwrap();
                assert!(read("one") == read("two"), "{name}");
            }
            check_datapackage(&place, head);
            fs::remove_dir_all(place.path().join("one")).unwrap();
            fs::remove_dir_all(place.path().join("two")).unwrap();
            continue;
        }
        let (one, two) = (place.path().join("one"), place.path().join("two"));
        let bytes = fs::read(&one).unwrap();
        assert!(bytes == fs::read(&two).unwrap(), "{format} differs");
        if format.starts_with("xlsx") {
            let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(&bytes)).unwrap();
            let about = book.worksheet_range("about").unwrap();
            assert!(about.rows().any(|row| row[1].to_string().contains(head)));
        } else if format.starts_with("parquet") {
            assert!(bytes.windows(12).any(|stretch| stretch == &head.as_bytes()[..12]));
        } else {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(&head[..12]), "{format}: {text}");
        }
        fs::remove_file(one).unwrap();
        fs::remove_file(two).unwrap();
    }
}

#[test]
fn a_table_without_rows_has_none_and_names_the_journal_all_the_same() {
    let place = Place::new();
    place.file("a.txt", ARTICLE).run("add a.txt").ends(0);
    let some = place.run("export csv --quiet").ends(0).out;
    let (columns, row) = some.lines().next().unwrap().rsplit_once(',').unwrap();
    let (_, journal) = some.lines().nth(1).unwrap().rsplit_once(',').unwrap();
    assert_eq!((row, journal.split(' ').next()), ("journal", Some("2")));
    let none = place.run("export csv --quiet --donor NZ").ends(0).out;
    assert_eq!(none, format!("{columns},journal {journal}\r\n"));
    let none = place.run("export csv --quiet --excel --donor NZ").ends(0).out;
    assert_eq!(none, format!("\u{feff}{columns},journal {journal}\r\n"));
    for money in ["", " --in EUR"] {
        let none = place.run(&format!("export ndjson --quiet --donor NZ{money}")).ends(0).out;
        assert_eq!(none, format!("{{\"journal\":\"{journal}\"}}\n"));
    }
    let none = place.run("export rulings --quiet").ends(0).out;
    assert_eq!(none, format!("{{\"journal\":\"{journal}\"}}\n"));
    place.file("none.ndjson", &none);
    let ran = place.run("import rulings none.ndjson").ends(0);
    assert_eq!(ran.out, "none.ndjson: no decision\n");
    place.run("reject P1 --by ann").ends(0);
    assert!(place.run("export rulings").ends(0).out.contains(",\"journal\":\"3 "));
    // A list names no journal, and has no such line.
    assert_eq!(place.run("list --format ndjson --quiet --donor NZ").ends(0).out, "");
}

fn check_datapackage(place: &Place, head: &str) {
    let folder = place.path().join("one");
    let text = fs::read_to_string(folder.join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(package["journal"]["hash"].as_str().unwrap(), head);
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 5);
    for resource in resources {
        let bytes = fs::read(folder.join(resource["path"].as_str().unwrap())).unwrap();
        let hash = format!("sha256:{}", aidledger::ledger::sha256(&bytes));
        assert_eq!(resource["hash"], hash.as_str());
        assert_eq!(resource["bytes"], bytes.len());
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let fields: Vec<String> =
            fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(names, fields);
    }
}

/// The balance of what was given, by hledger: none where there is no such program.
fn hledger(journal: &Path) -> Option<String> {
    let mut hledger = Command::new("hledger");
    hledger.arg("-f").arg(journal).args(["balance", "Expenses", "--flat", "-N"]);
    said(hledger)
}

/// The same by beancount, which says so where an entry does not please it.
fn beancount(journal: &Path) -> Option<String> {
    const BALANCE: &str = "
import sys
from beancount import loader
entries, errors, _ = loader.load_file(sys.argv[1])
for error in errors:
    print(error, file=sys.stderr)
for posting in (posting for entry in entries for posting in getattr(entry, 'postings', [])):
    if posting.account.startswith('Expenses'):
        print(posting.units)
sys.exit(bool(errors))";
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/beancount/bin/python");
    let mut beancount = Command::new(place);
    beancount.args(["-c", BALANCE]).arg(journal);
    said(beancount)
}

fn said(mut program: Command) -> Option<String> {
    let Ok(output) = program.output() else {
        println!("accounts: skipped, there is no {}", program.get_program().display());
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn hledger_and_beancount_read_the_journal_and_their_balance_is_that_of_the_totals() {
    let place = Place::new();
    place.file("a.txt", ARTICLE).run("add a.txt").ends(0);
    place
        .run("enter --donor DE --donor NL --recipient UA --date 2023-02 --amount '60 million EUR' --quiet")
        .ends(0);
    place.run("export ledger -o out.journal --quiet").ends(0);
    let journal = place.path().join("out.journal");
    for text in [hledger(&journal), beancount(&journal)].into_iter().flatten() {
        assert!(text.contains("400000000 USD") && text.contains("60000000 EUR"), "{text}");
    }
}

#[test]
fn hledger_and_beancount_read_a_journal_of_hostile_texts() {
    let all = all();
    let place = Place::new();
    let mut bytes = Vec::new();
    journal(&all, "head", &mut bytes).unwrap();
    let path = place.path().join("hostile.journal");
    fs::write(&path, bytes).unwrap();
    let sum = format!("{} USD", 400 * all.len());
    assert!(hledger(&path).is_none_or(|text| text.contains(&sum)));
    assert!(beancount(&path).is_none_or(|text| text.lines().count() == all.len()));
}
