//! Phrases of ministries and outlets, each read as an article of its own, against what they mean.
//! `fixtures/phrases/*.tsv` hold a case a line: a text, where ` | ` parts paragraphs, and what is
//! expected of it, `-` for nothing. A line that begins with `!` is a case that is known to fail;
//! once it passes the mark must go. `PHRASES=1` prints each failure with what came out.

use crate::support::{Reading, root};
use aidledger::extraction::document::Document;
use aidledger::extraction::sums::{self, SumRole};
use aidledger::extraction::{days, parties, status};
use aidledger::lexicon::{Lexicon, Role};
use aidledger::mentions::{ItemMention, MoneyCurrency, Sentence, Value};
use aidledger::model::{Aid, Bounds, Claim, Item};
use aidledger::text::Hint;
use std::fmt::Write as _;
use std::fs;

/// The day of articles whose corpus names none: a Wednesday.
const DAY: &str = "2024-05-15";

/// What every article of military aid says somewhere, so that a bare "aid" is of the right kind.
const CONTEXT: &str =
    "Soldiers at the front rely on military aid such as artillery and ammunition.";

struct Case {
    line: usize,
    must_fail: bool,
    cells: Vec<String>,
}

/// The cases of a corpus, each with at least so many cells.
fn cases(name: &str, width: usize) -> Vec<Case> {
    let path = root().join("fixtures/phrases").join(name);
    let text = fs::read_to_string(&path).unwrap();
    let lines = text.lines().enumerate().filter(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    });
    lines
        .map(|(index, line)| {
            let must_fail = line.starts_with('!');
            let cells: Vec<String> = line
                .trim_start_matches('!')
                .split('\t')
                .map(|cell| cell.trim().to_owned())
                .collect();
            assert_eq!(cells.len(), width, "{name}:{}: {width} cells, please", index + 1);
            Case { line: index + 1, must_fail, cells }
        })
        .collect()
}

/// Reads a phrase as an article; with `headline` its first paragraph is the headline too, as outlets
/// repeat their news in the lead.
fn read(phrase: &str, day: &str, headline: bool) -> Reading {
    let body = phrase.replace(" | ", "\n\n");
    let lead = body.lines().next().unwrap_or_default().trim_end_matches('.');
    let title = if headline { lead } else { "Defence news" };
    let page = format!("TITLE: {title}\nDATE: {day}\n\n{body}\n\n{CONTEXT}\n");
    Reading::of(page.as_bytes(), &Hint::default())
}

impl Reading {
    fn document(&self) -> Document<'_> {
        Document::new(Lexicon::builtin(), &self.article, &self.sentences)
    }

    /// The claims that the phrase tells of, recalled ones after the others.
    fn claims(&self) -> Vec<&Claim> {
        self.extraction
            .claims
            .iter()
            .filter(|claim| matches!(claim.aid, Aid::Military | Aid::Mixed))
            .collect()
    }
}

/// Judges every case of a corpus: `got` gives what came out, and whether that is right.
fn judge(name: &str, width: usize, got: impl Fn(&[String]) -> (bool, String)) {
    let cases = cases(name, width);
    let mut faults = String::new();
    let mut passed = 0;
    for case in &cases {
        let (right, out) = got(&case.cells);
        passed += usize::from(right);
        if right == case.must_fail || !right && std::env::var_os("PHRASES").is_some() {
            let what = if right { "passes now, take its mark away" } else { "fails" };
            let cells = case.cells.join(" | ");
            writeln!(faults, "{name}:{}: {what}\n  {cells}\n  got {out}", case.line).unwrap();
        }
    }
    println!("{name}: {passed} of {} right", cases.len());
    assert!(faults.is_empty(), "{faults}");
}

fn bounds_text(bounds: Bounds) -> [String; 3] {
    let end =
        |end: Option<_>| end.map_or("-".to_owned(), |end: rust_decimal::Decimal| end.to_string());
    [end(bounds.low()), end(bounds.high()), bounds.qualifier().to_string()]
}

#[test]
fn sums_of_money_are_read_as_written() {
    judge("money.tsv", 5, |cells| {
        let reading = read(&cells[0], DAY, false);
        let document = reading.document();
        let money =
            reading.sentences.iter().skip(1).flat_map(|s| &s.mentions).find_map(|m| {
                match &m.value {
                    Value::Money(money) => Some(money),
                    _ => None,
                }
            });
        let Some(money) = money else {
            return (cells[1..].iter().all(|cell| cell == "-"), "no money".into());
        };
        let currency = match &money.currency {
            MoneyCurrency::Known(currency) => currency.to_string(),
            MoneyCurrency::Group(group) => document
                .currency(&money.currency, 0, 0, document.main_donor.as_deref())
                .map_or_else(|| group.clone(), |currency| currency.to_string()),
            MoneyCurrency::Missing => "missing".to_owned(),
        };
        let [low, high, qualifier] = bounds_text(money.bounds);
        let out = [low, high, currency, qualifier];
        (out == cells[1..5], out.join(" "))
    });
}

fn item_fits(
    cells: &[String],
    quantity: Option<Bounds>,
    unit: Option<&str>,
    names: &[Option<&str>],
) -> bool {
    let [figure, qualifier, wanted, counted] = [&cells[0], &cells[1], &cells[2], &cells[3]];
    let quantity_fits = match quantity {
        None => figure == "-",
        Some(bounds) => {
            let [low, high, told] = bounds_text(bounds);
            let plain =
                if told == "range" { format!("{low}-{high}") } else { bounds.figure().to_string() };
            *figure == plain && (*qualifier == told || qualifier == "-" && told == "exact")
        }
    };
    let singular = |unit: &str| unit.trim_end_matches('s').to_owned();
    let unit_fits = counted == "-" || unit.is_some_and(|unit| singular(unit) == singular(counted));
    quantity_fits
        && unit_fits
        && names
            .iter()
            .flatten()
            .any(|name| name.starts_with(wanted.as_str()) || is_under(name, wanted))
}

/// Whether a class lies under another.
fn is_under(class: &str, wanted: &str) -> bool {
    let lexicon = Lexicon::builtin();
    let mut at = lexicon.class(class);
    while let Some(found) = at {
        if found.id == wanted {
            return true;
        }
        at = found.parent.as_ref().and_then(|parent| lexicon.class(parent));
    }
    false
}

/// What an item may be called by: its system, its class, its name.
fn names(item: &Item) -> [Option<&str>; 3] {
    [item.system.as_deref(), item.class.as_deref(), Some(item.name.as_str())]
}

fn item_text(
    name: &str,
    class: Option<&str>,
    system: Option<&str>,
    quantity: Option<Bounds>,
    unit: Option<&str>,
) -> String {
    let quantity = quantity.map_or("-".to_owned(), |bounds| bounds_text(bounds).join("/"));
    format!(
        "[{quantity} {} {name:?} {} {}]",
        unit.unwrap_or("-"),
        system.unwrap_or("-"),
        class.unwrap_or("-")
    )
}

/// The items of the claims, or of the sentences alone where nothing was claimed.
#[test]
fn items_are_read_with_their_quantities() {
    judge("items.tsv", 5, |cells| {
        let reading = read(&cells[0], DAY, true);
        let claimed: Vec<_> =
            reading.extraction.claims.iter().flat_map(|claim| &claim.items).collect();
        let text = |i: &&Item| {
            let [system, class, _] = names(i);
            item_text(&i.name, class, system, i.quantity, i.unit.as_deref())
        };
        let mut out: String = claimed.iter().map(text).collect();
        if cells[3] == "-" {
            return (claimed.is_empty(), out);
        }
        if let Some(absent) = cells[3].strip_prefix("no ") {
            let found = claimed.iter().any(|i| {
                let served = ["ammunition", "missile", "spare-part"];
                let class = i.class.as_deref().unwrap_or_default();
                i.name == absent
                    || i.system.as_deref() == Some(absent)
                        && !served.iter().any(|of| is_under(class, of))
            });
            return (!found, out);
        }
        if let Some(single) = cells[3].strip_prefix("one ") {
            let is = |name: &str| name == single || is_under(name, single);
            let found = claimed.iter().filter(|i| names(i).into_iter().flatten().any(is));
            return (found.count() == 1, out);
        }
        let mut right = claimed
            .iter()
            .any(|i| item_fits(&cells[1..], i.quantity, i.unit.as_deref(), &names(i)));
        if claimed.is_empty() {
            let chunks =
                |s: &Sentence| s.items.iter().filter(|i| i.role != Role::Vague).cloned().collect();
            let found: Vec<ItemMention> =
                reading.sentences.iter().skip(1).flat_map::<Vec<_>, _>(chunks).collect();
            let system =
                |i: &ItemMention| i.system.map(|n| Lexicon::builtin().system_at(n).id.clone());
            right = reading.extraction.claims.is_empty()
                && found.iter().any(|i| {
                    let system = system(i);
                    let names = [system.as_deref(), i.class.as_deref(), Some(i.name.as_str())];
                    item_fits(&cells[1..], i.quantity, i.unit.as_deref(), &names)
                });
            out.push_str("not claimed, ");
            for i in &found {
                out += &item_text(
                    &i.name,
                    i.class.as_deref(),
                    system(i).as_deref(),
                    i.quantity,
                    i.unit.as_deref(),
                );
            }
        }
        (right, out)
    });
}

/// The day of the first claim, or of the first expression of time where nothing was claimed.
#[test]
fn days_are_counted_from_the_article() {
    judge("dates.tsv", 3, |cells| {
        let reading = read(&cells[1], &cells[0], false);
        let document = reading.document();
        let text = |day: Option<_>| {
            day.map_or("-".to_owned(), |day: aidledger::model::CivilDate| day.to_string())
        };
        if let Some(claim) = reading.claims().first() {
            let out = text(claim.announced);
            return (out == cells[2], format!("{out} (claimed, {})", claim.status));
        }
        let day = reading.sentences.iter().skip(1).find_map(|sentence| {
            days::in_range(&document, sentence, &sentence.all(), false).first().copied()
        });
        let out = text(day.and_then(|day| day.date));
        (out == cells[2], out)
    });
}

/// Codes in order, each once.
fn in_order<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut codes: Vec<&str> = codes.filter(|code| !code.is_empty() && *code != "-").collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The parties of all claims, or of the sentences alone where nothing was claimed.
#[test]
fn givers_and_receivers_are_told_apart() {
    judge("parties.tsv", 3, |cells| {
        let reading = read(&cells[0], DAY, true);
        let claims = reading.claims();
        let document = reading.document();
        let read = |s: &Sentence| parties::in_range(&document, s, &s.all());
        let found: Vec<_> = reading.sentences.iter().skip(1).map(read).collect();
        let (donors, recipients) = if claims.is_empty() {
            let firm = found.iter().flat_map(|parties| parties.firm_donors(2));
            let named = found.iter().flat_map(|parties| &parties.recipients);
            (in_order(firm.map(|p| p.code.as_str())), in_order(named.map(|p| p.code.as_str())))
        } else {
            let donors = claims.iter().flat_map(|claim| &claim.donors);
            let recipients = claims.iter().flat_map(|claim| &claim.recipients);
            (in_order(donors.map(String::as_str)), in_order(recipients.map(String::as_str)))
        };
        let right =
            donors == in_order(cells[1].split(' ')) && recipients == in_order(cells[2].split(' '));
        (right, format!("{donors:?} to {recipients:?}, {} claims", claims.len()))
    });
}

/// The parties of each claim with its sum or its first counted thing, in any order.
#[test]
fn acts_told_side_by_side_keep_their_parties_and_figures() {
    judge("acts.tsv", 2, |cells| {
        let reading = read(&cells[0], DAY, false);
        let act = |claim: &&Claim| {
            let counted = || claim.items.iter().find_map(|item| item.quantity);
            let figure = claim.amount.map(|amount| amount.bounds).or_else(counted);
            let figure = figure.map_or("-".to_owned(), |bounds| bounds.figure().to_string());
            format!("{}>{} {figure}", claim.donors.join("+"), claim.recipients.join("+"))
        };
        let mut got: Vec<String> = reading.claims().iter().map(act).collect();
        let expected = cells[1].split(';').map(|act| act.trim().to_owned());
        let mut expected: Vec<String> = expected.filter(|act| act != "-").collect();
        got.sort();
        expected.sort();
        (got == expected, got.join("; "))
    });
}

/// The status of the first claim; `none` where there must be no claim but recalled ones.
#[test]
fn the_stage_of_a_package_is_read_from_its_words() {
    judge("status.tsv", 2, |cells| {
        let reading = read(&cells[0], DAY, true);
        let claims = reading.claims();
        let document = reading.document();
        let words: Vec<String> = reading
            .sentences
            .iter()
            .skip(1)
            .map(|s| status::read(&document, s, &s.all(), None, &[]))
            .map(|r| {
                format!("{} {}", r.rule, r.span.map_or("", |span| span.of(&reading.article.text)))
            })
            .collect();
        let out = match claims.first() {
            Some(claim) => claim.status.to_string(),
            None => "none".to_owned(),
        };
        (out == cells[1], format!("{out} ({})", words.join("; ")))
    });
}

/// The role of one sum; civil help is `other` whichever way it is told.
#[test]
fn each_sum_is_told_for_what_it_is() {
    judge("sums.tsv", 3, |cells| {
        let reading = read(&cells[0], DAY, false);
        let document = reading.document();
        let found = sums::classify_all(&document);
        let span = |sum: &sums::Sum| reading.sentences[sum.sentence].mentions[sum.mention].span;
        let sum = found.iter().find(|sum| span(sum).of(&reading.article.text).contains(&cells[1]));
        let Some(sum) = sum else { return (cells[2] == "other", "no such sum".into()) };
        let out = match (sum.role, sum.aid) {
            (SumRole::Package, Aid::Mixed) if cells[2] == "mixed" => "mixed",
            (SumRole::Package, Aid::Military | Aid::Mixed) => "package",
            (SumRole::Package | SumRole::Other(_), _) => "other",
            (SumRole::Total, _) => "total",
            (SumRole::Share, _) => "share",
            (SumRole::Conversion, _) => "conversion",
        };
        (out == cells[2], format!("{out} ({} {:?})", sum.rule, sum.aid))
    });
}

/// "DE>UA announced 2024-05-14 PDA 25", without what is not told at the end; when it was
/// ordered; when it was announced, where it comes or is called off now; what it corrects.
fn fields_of(claim: &Claim) -> String {
    let told = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let fields = [
        format!("{}>{} {}", claim.donors.join("+"), claim.recipients.join("+"), claim.status),
        told(claim.announced.map(|day| day.to_string())),
        told(claim.mechanism.clone()),
        told(claim.sequence.map(|number| number.to_string())),
    ];
    let contracted = claim.contracted.map(|day| format!(" contracted {day}")).unwrap_or_default();
    let recalls = claim.recalls.map(|day| format!(" of {day}")).unwrap_or_default();
    let corrects = claim.corrects.map(|correction| match correction.amount {
        Some(wrong) => format!(" not {} {}", wrong.bounds.figure(), wrong.currency),
        None => " corrects".to_owned(),
    });
    let told = fields.join(" ").trim_end_matches([' ', '-']).to_owned();
    told + &contracted + &recalls + &corrects.unwrap_or_default()
}

#[test]
fn the_fields_of_packages_are_read_together() {
    judge("fields.tsv", 3, |cells| {
        let reading = read(&cells[1], &cells[0], true);
        let mut out: Vec<String> = reading.claims().into_iter().map(fields_of).collect();
        let mut expected: Vec<&str> = cells[2].split("; ").filter(|cell| *cell != "-").collect();
        out.sort_unstable();
        expected.sort_unstable();
        (out == expected, out.join("; "))
    });
}
