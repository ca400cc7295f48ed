//! Packages as activities of the International Aid Transparency Initiative's standard 2.03.

use super::clean;
use crate::model::{Aid, Package, Stage};
use crate::report::document::is_web_address;
use crate::report::figures::{amount_text, item_text};
use std::io::{self, Write};

/// Who reports, from which journal, and what actors are called.
#[derive(Clone, Copy)]
pub struct Reporter<'a> {
    /// The organisation's identifier in the standard's list.
    pub organisation: &'a str,
    /// What the activities are made from.
    pub head: &'a str,
    /// The moment of that, as `2022-11-10T18:00:00Z`.
    pub made: Option<&'a str>,
    /// The name of an actor: the standard wants one where no identifier of its lists is known.
    pub name: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

impl Reporter<'_> {
    fn named(&self, code: &str) -> String {
        (self.name)(code).unwrap_or_else(|| code.to_owned())
    }

    fn list(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.named(code)).collect::<Vec<_>>().join(", ")
    }
}

/// Activities that are being written.
pub struct Activities<'a> {
    out: &'a mut dyn Write,
    /// How many were written.
    pub count: usize,
    /// How many packages have no date, which the standard asks for: they are not in it.
    pub undated: usize,
}

/// Activities that were written apart.
#[derive(Debug, Default)]
pub struct SomeActivities {
    bytes: Vec<u8>,
    count: usize,
    undated: usize,
}

impl<'a> Activities<'a> {
    /// Begins the document.
    pub fn begin(reporter: Reporter, out: &'a mut dyn Write) -> io::Result<Self> {
        let made = reporter.made.unwrap_or("1970-01-01T00:00:00Z");
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        comment(reporter.head, out)?;
        let made = escape(made);
        writeln!(out, "<iati-activities version=\"2.03\" generated-datetime=\"{made}\">")?;
        Ok(Self { out, count: 0, undated: 0 })
    }

    /// What some packages add to it.
    pub fn some(packages: &[Package], reporter: Reporter) -> io::Result<SomeActivities> {
        let mut some = SomeActivities::default();
        for package in packages {
            let is_dated = package.announced.is_some();
            *(if is_dated { &mut some.count } else { &mut some.undated }) += 1;
            activity(package, &reporter, &mut some.bytes)?;
        }
        Ok(some)
    }

    /// Adds them.
    pub fn join(&mut self, some: &SomeActivities) -> io::Result<()> {
        self.count += some.count;
        self.undated += some.undated;
        self.out.write_all(&some.bytes)
    }

    /// Ends the document.
    pub fn end(&mut self, notes: &[String]) -> io::Result<()> {
        writeln!(self.out, "</iati-activities>")?;
        notes.iter().try_for_each(|note| comment(note, self.out))
    }
}

/// A comment, which two hyphens would end.
fn comment(text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<!-- {} -->", escape(text).replace("--", "- -"))
}

/// Writes the packages as activities, and gives the number of those that have no date.
pub fn iati(packages: &[Package], reporter: Reporter, out: &mut dyn Write) -> io::Result<usize> {
    let mut activities = Activities::begin(reporter, out)?;
    activities.join(&Activities::some(packages, reporter)?)?;
    activities.end(&[])?;
    Ok(activities.undated)
}

/// Elements stand in the order that the standard's schema lays down.
fn activity(package: &Package, reporter: &Reporter, out: &mut dyn Write) -> io::Result<()> {
    let Some(date) = package.announced else { return Ok(()) };
    let organisation = escape(reporter.organisation);
    let (donors, recipients) = (&package.donors, &package.recipients);
    let title = format!("{} to {}", reporter.list(donors), reporter.list(recipients));
    let status = match package.stage {
        Stage::Proposed => 1,
        Stage::Announced | Stage::Contracted => 2,
        Stage::Delivered => 3,
        Stage::Withdrawn => 5,
    };
    writeln!(out, "  <iati-activity xml:lang=\"en\">")?;
    writeln!(out, "    <iati-identifier>{organisation}-{}</iati-identifier>", package.id)?;
    writeln!(
        out,
        "    <reporting-org ref=\"{organisation}\" type=\"90\" secondary-reporter=\"1\">"
    )?;
    writeln!(out, "      <narrative>aidledger</narrative>\n    </reporting-org>")?;
    narrative("title", "", &title, out)?;
    narrative("description", " type=\"1\"", &description(package), out)?;
    for (role, codes) in [(1, donors), (4, recipients)] {
        for code in codes {
            // A state's government; of others the kind is not known.
            let kind = if is_state(code) { " type=\"10\"" } else { "" };
            let attributes = format!(" role=\"{role}\"{kind}");
            narrative("participating-org", &attributes, &reporter.named(code), out)?;
        }
    }
    writeln!(out, "    <activity-status code=\"{status}\"/>")?;
    let day = date.first_day();
    // A planned start, or an actual one.
    let kind = if package.stage == Stage::Proposed { 1 } else { 2 };
    let attributes = format!(" type=\"{kind}\" iso-date=\"{day}\"");
    narrative("activity-date", &attributes, &format!("made public {date}"), out)?;
    countries(package, out)?;
    let sector = format!(" vocabulary=\"99\" code=\"{}\"", package.aid);
    narrative("sector", &sector, sector_name(package.aid), out)?;
    transaction(package, &day.to_string(), out)?;
    documents(package, out)?;
    writeln!(out, "  </iati-activity>")
}

/// What it is worth: a pledge, a commitment, or a disbursement.
fn transaction(package: &Package, day: &str, out: &mut dyn Write) -> io::Result<()> {
    let Some(amount) = package.amount else { return Ok(()) };
    let kind = match package.stage {
        Stage::Proposed => 12,
        Stage::Announced | Stage::Contracted | Stage::Withdrawn => 2,
        Stage::Delivered => 3,
    };
    let (figure, currency) = (amount.bounds.figure().normalize(), amount.currency);
    let words = escape(&amount_text(&amount));
    writeln!(out, "    <transaction>\n      <transaction-type code=\"{kind}\"/>")?;
    writeln!(out, "      <transaction-date iso-date=\"{day}\"/>")?;
    writeln!(out, "      <value currency=\"{currency}\" value-date=\"{day}\">{figure}</value>")?;
    writeln!(out, "      <description>\n        <narrative>{words}</narrative>")?;
    writeln!(out, "      </description>\n    </transaction>")
}

/// The articles that tell it.
fn documents(package: &Package, out: &mut dyn Write) -> io::Result<()> {
    for source in &package.sources {
        let location = source.location.as_deref().filter(|location| is_web_address(location));
        let Some(address) = location.map(web_address) else { continue };
        let title = escape(source.title.as_deref().unwrap_or("source"));
        writeln!(out, "    <document-link url=\"{address}\" format=\"text/html\">")?;
        writeln!(out, "      <title>\n        <narrative>{title}</narrative>\n      </title>")?;
        writeln!(out, "      <category code=\"B01\"/>\n    </document-link>")?;
    }
    Ok(())
}

/// Whether a code is one of ISO 3166.
fn is_state(code: &str) -> bool {
    code.len() == 2 && code != "EU"
}

/// The shares of several recipients are not told, so that only one can be named with all of it.
fn countries(package: &Package, out: &mut dyn Write) -> io::Result<()> {
    if let [only] = package.recipients.as_slice()
        && is_state(only)
    {
        return writeln!(out, "    <recipient-country code=\"{}\"/>", escape(only));
    }
    // Region 998: developing countries, unspecified.
    writeln!(out, "    <recipient-region code=\"998\" vocabulary=\"1\"/>")
}

fn narrative(name: &str, attributes: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <{name}{attributes}>")?;
    writeln!(out, "      <narrative>{}</narrative>\n    </{name}>", escape(text))
}

fn description(package: &Package) -> String {
    let items: Vec<String> = package.items.iter().map(item_text).collect();
    let route = package.mechanism.as_deref().map(|route| format!(" via {route}"));
    let what = if items.is_empty() { "contents not stated".to_owned() } else { items.join("; ") };
    format!("{} help{}, {}: {what}", package.aid, route.unwrap_or_default(), package.stage)
}

const fn sector_name(aid: Aid) -> &'static str {
    match aid {
        Aid::Military => "Military help",
        Aid::Financial => "Financial help",
        Aid::Humanitarian => "Humanitarian help",
        Aid::Mixed => "Military and other help",
    }
}

/// A web address as an attribute may hold it: what the schema's addresses may not hold is written in
/// hexadecimal, such as brackets.
fn web_address(location: &str) -> String {
    use std::fmt::Write as _;
    let mut address = String::new();
    for byte in location.bytes() {
        if byte == b'&' {
            address.push_str("&amp;");
        } else if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$()*+,;=%".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// Text of which nothing is taken for markup, without characters that XML does not have.
fn escape(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !b"<>&\"".contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(character),
        }
    }
    out
}
