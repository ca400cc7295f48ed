//! What the report says in words in every format: figures, how it is to be read, where it ends.

use super::money::{Line, Period};
use super::{QUOTED_IN_FULL, Report, Told};
use crate::model::{CivilDate, Counted, Currency, Package};
use crate::report::figures::{amount_text, counted, grouped, rounded};
use crate::report::select::count_packages;
use crate::report::totals::sum::Sum;
use rust_decimal::Decimal;

/// What stands where a sum goes beyond all bounds.
const TOO_LARGE: &str = "too large to add";

/// The stated sum at a glance: `16.1 billion USD`.
pub(super) fn headline(sum: &Sum, currency: Currency) -> String {
    if sum.too_large {
        return TOO_LARGE.to_owned();
    }
    format!("{} {currency}", rounded(sum.stated))
}

/// The stated sum, the low and the high end, each with all its digits.
pub(super) fn ends(sum: &Sum) -> [String; 3] {
    if sum.too_large {
        return [TOO_LARGE.to_owned(), String::new(), String::new()];
    }
    let high = if sum.open > 0 { "open".to_owned() } else { grouped(sum.high) };
    [grouped(sum.stated), grouped(sum.low), high]
}

/// The figures of a sum on one line.
pub(super) fn ends_line(sum: &Sum) -> String {
    if sum.too_large {
        return TOO_LARGE.to_owned();
    }
    let [stated, low, high] = ends(sum);
    // A word and its figure stay on one line.
    if low == stated && high == stated {
        return format!("stated\u{a0}{stated}, low and high the same");
    }
    format!("stated\u{a0}{stated}\u{a0}· low\u{a0}{low}\u{a0}· high\u{a0}{high}")
}

/// A figure at an axis: `16.1 bn`.
pub(super) fn tick(figure: Decimal) -> String {
    let short = [("trillion", "tn"), ("billion", "bn"), ("million", "m")];
    short.iter().fold(rounded(figure), |text, (long, short)| text.replace(long, short))
}

/// The upper end of what a sum may be, for the length of its bar.
pub(super) fn reach(sum: &Sum) -> Decimal {
    sum.high.max(sum.stated)
}

/// How many things: `34`, `20 to 34`, `up to 12`, `34+` where of more the number is not stated.
pub(super) fn quantity(sum: &Sum) -> String {
    if sum.figures == 0 {
        return "some".to_owned();
    }
    if sum.too_large {
        return TOO_LARGE.to_owned();
    }
    let more = if sum.open > 0 || sum.without > 0 { "+" } else { "" };
    let high = grouped(sum.high);
    if sum.low == sum.high || sum.open > 0 {
        format!("{}{more}", grouped(sum.low))
    } else if sum.low.is_zero() {
        format!("up to {high}{more}")
    } else {
        format!("{} to {high}{more}", grouped(sum.low))
    }
}

/// Whose sum a line of the curves is.
pub(super) fn line(report: &Report, line: &Line) -> String {
    line.donors.as_ref().map_or_else(|| "all others".to_owned(), |donors| report.actors(donors))
}

/// A stretch of time.
pub(super) fn period(period: Period) -> String {
    match period {
        Period::Month(date) => date.to_string(),
        Period::Year(date) => format!("{date}, month not known"),
        Period::Unknown => "date not known".to_owned(),
    }
}

/// What a block of the matrix counts.
pub(super) const fn block(counted: Counted) -> &'static str {
    match counted {
        Counted::Launchers => "Guns, launchers and air-defence systems",
        Counted::Rounds => "Rounds, missiles and mines",
        Counted::Vehicles => "Vehicles",
        Counted::Aircraft => "Aircraft",
        Counted::Drones => "Drones",
        Counted::Vessels => "Ships and boats",
        Counted::Firearms => "Small arms",
        Counted::Other => "Other things",
    }
}

/// A package's amount as it is stated.
pub(super) fn amount(package: &Package) -> String {
    package.amount.as_ref().map_or_else(|| "no amount stated".to_owned(), amount_text)
}

/// A package's day.
pub(super) fn day(package: &Package) -> String {
    package.announced.map_or_else(|| "no date".to_owned(), |date| date.to_string())
}

/// How many packages, of whom, told by whom, from when to when.
pub(super) fn summary(report: &Report) -> String {
    let dossiers = &report.material.dossiers;
    let packages = || dossiers.iter().map(|one| &one.package);
    let mut donors: Vec<&String> = packages().flat_map(|package| &package.donors).collect();
    donors.sort_unstable();
    donors.dedup();
    let tellings = dossiers.iter().flat_map(|one| &one.tellings).filter(|told| !told.is_by_hand);
    let mut articles: Vec<&str> = tellings.map(|told| told.source.article.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let days = || packages().filter_map(|package| package.announced);
    let when = match (days().min(), days().max()) {
        (Some(first), Some(last)) if first == last => format!(" announced on {}", in_words(first)),
        (Some(first), Some(last)) => {
            format!(" announced from {} to {}", in_words(first), in_words(last))
        }
        _ => String::new(),
    };
    let told = match articles.len() {
        0 => String::new(),
        count => format!(", told by {}", counted(count, "article", "articles")),
    };
    if dossiers.is_empty() {
        return "No package".to_owned();
    }
    let donors = counted(donors.len(), "donor", "donors");
    format!("{}{when} by {donors}{told}", count_packages(dossiers.len()))
}

/// A date as prose has it: `8 August 2014`, `August 2014`, `2014`.
fn in_words(date: CivilDate) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = date.month_number().and_then(|month| MONTHS.get(month as usize - 1));
    let day = date.day_number().map(|day| day.to_string());
    let parts = [day, month.map(|name| (*name).to_owned()), Some(date.year_number().to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What was asked for, where it is less than the whole ledger: `Only: donor DE; from 2023-01-01`.
pub(super) fn chosen(report: &Report) -> Option<String> {
    let filter = report.material.filter.iter().map(|(name, words)| format!("{name} {words}"));
    let filter: Vec<String> = filter.collect();
    (!filter.is_empty()).then(|| format!("Only: {}", filter.join("; ")))
}

/// What a report without packages says instead of figures.
pub(super) const EMPTY: &str = "The ledger holds no package of this kind: below stands what was asked for, and what was left out.";

/// The journal's last entry: `journal entry 104 of 22 November 2026, 12:00 UTC`.
pub(super) fn head(report: &Report) -> String {
    let head = &report.material.head;
    match &head.recorded_at {
        Some(moment) => {
            let (day, time) = moment.split_once('T').unwrap_or((moment, ""));
            let day = day.parse().map_or_else(|_| day.to_owned(), in_words);
            let time = time.get(..5).map_or(String::new(), |time| format!(", {time} UTC"));
            format!("journal entry {} of {day}{time}", head.entry)
        }
        None => "an empty journal".to_owned(),
    }
}

/// What stands under the sums of a currency's packages over time.
pub(super) fn undated(packages: usize) -> Option<String> {
    (packages > 0).then(|| format!("{} without a date: not in the curve", count_packages(packages)))
}

/// What stands instead of months where there are none.
pub(super) const NO_MONTH: &str = "None of these packages has a known date.";

/// The heading of the currencies that share a part.
pub(super) const OTHERS: &str = "In other currencies";

/// Where a telling was published: publisher, and day.
pub(super) fn published(told: &Told) -> Vec<String> {
    let day = told.source.published.map(|date| date.to_string());
    told.source.publisher.iter().cloned().chain(day).collect()
}

/// What must be said of how the report was made, under headings, in the order of its end.
pub(super) fn about(report: &Report) -> Vec<(&'static str, Vec<String>)> {
    let material = &report.material;
    let mut filter: Vec<String> =
        material.filter.iter().map(|(name, words)| format!("{name}: {words}")).collect();
    if filter.is_empty() {
        filter.push("all packages of the ledger".to_owned());
    }
    let mut left_out = material.left_out.clone();
    if !report.unstated.is_empty() {
        let packages = count_packages(report.unstated.len());
        left_out.push(format!("{packages} without a stated amount: counted, not in the sums"));
    }
    if material.is_long() {
        left_out.push(format!(
            "in a report of more than {} packages, of each only the sentence that states the amount, or \
             the first one, is quoted, and the other articles are named; aidledger show prints all \
             sentences of a package",
            grouped(QUOTED_IN_FULL.into())
        ));
    }
    if left_out.is_empty() {
        left_out.push("nothing was left out".to_owned());
    }
    let mut rates = material.rates.clone();
    if rates.is_empty() {
        rates
            .push("none: each currency stands for itself, and none is added to another".to_owned());
    }
    let hash = &material.head.hash;
    let journal = vec![
        format!("{}, hash {hash}", head(report)),
        "the hash commits to the whole journal before it: the same journal and the same filter \
         make the same report, and aidledger verify checks every quotation in it"
            .to_owned(),
    ];
    vec![
        ("Which packages", filter),
        ("What counts", vec![material.setting.clone()]),
        ("What is not in it", left_out),
        ("Rates and prices", rates),
        ("How to read it", DEFINITIONS.map(str::to_owned).to_vec()),
        ("Journal", journal),
    ]
}

const DEFINITIONS: [&str; 7] = [
    "a package is one act of aid, told by one article or several; it counts once, however many \
     tell it",
    "stated: the figures as the articles give them; low: nothing for \"up to\", the lower end of a \
     range; high: the upper end, open where an article says \"more than\" or \"at least\"",
    "a package without a stated amount is counted, and never taken for zero",
    "joint donors stay together: nothing is split among them",
    "the date is that of the announcement; what is known only to the month or year counts in the \
     curve from its last day",
    "quantities are counted apart from money, and things of different kinds are never added; \
     34+: at least 34, or more of which the number is not stated; some: no number is stated",
    "marked words in a sentence are those from which a field of the package was read",
];
