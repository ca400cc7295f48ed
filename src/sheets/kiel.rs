//! The main table of the Kiel Ukraine Support Tracker: each row becomes a claim with the row as its
//! evidence; those of one package, of which one bears the value, go on with the claim of the first.

use super::dates::{self, Order};
use super::items::Names;
use super::{BadSheet, Refused, Row, Sheet, Told};
use crate::lexicon::Lexicon;
use crate::model::{
    Aid, Amount, Bounds, CivilDate, Claim, Confidence, Currency, Evidence, Qualifier, Span, Status,
};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The names of columns, and the words of cells.
const WORDS: &str = include_str!("kiel.tsv");

/// The columns without which a table is not Kiel's.
const NEEDED: [&str; 3] = ["donor", "date", "aid"];

/// What a heading is asked for.
const EXPECTED: &str = "Countries, Announcement Date, Type of Aid General, ...";

/// Reads the table of a release, as a workbook or as CSV.
pub fn read(bytes: &[u8], path: Option<&str>, sha256: String) -> Result<Sheet, BadSheet> {
    let lacks = |head: &[String]| {
        let columns = columns(head);
        NEEDED.iter().filter(|field| !columns.contains_key(*field)).count()
    };
    let mut sheet = Sheet::read(bytes, path, sha256, &lacks, EXPECTED)?;
    sheet.article.title = words("name").first().map(|&name| name.to_owned());
    sheet.article.publisher = words("publisher").first().map(|&name| name.to_owned());
    Ok(sheet)
}

/// Which of the values of a row is taken, where it has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// In euros, as the tracker converted it: from these its own sums are made.
    Converted,
    /// In the currency of its source.
    Stated,
}

/// Makes claims of the rows.
pub fn claims(sheet: &Sheet, worth: Worth, lexicon: &Lexicon) -> Told {
    let mut reader = Reader {
        sheet,
        worth,
        columns: columns(&sheet.head),
        lexicon,
        names: Names::new(lexicon),
        ends: words("end"),
        unknown: words("unknown"),
        start: words("start").first().and_then(|text| text.parse().ok()),
    };
    let mut told = Told::default();
    let mut at = 0;
    while at < sheet.rows.len() {
        let mut end = at + 1;
        // Below the table some releases have rows of noughts.
        if NEEDED.iter().all(|field| reader.cell(&sheet.rows[at], field).is_empty()) {
            at += 1;
            continue;
        }
        while end < sheet.rows.len() && !reader.begins(end) {
            end += 1;
        }
        let rows = &sheet.rows[at..end];
        match reader.package(rows) {
            Ok(claims) => {
                let is_valued = claims.iter().any(|claim| claim.amount.is_some());
                for (row, claim) in rows.iter().zip(claims) {
                    let part = reader.part(row).filter(|_| !is_valued && !claim.continues);
                    told.sources.push(reader.source(row));
                    told.parts.push(part);
                    told.rows.push((row.number, row.number));
                    told.claims.push(claim);
                }
            }
            Err(refused) => told.refused.push(refused),
        }
        at = end;
    }
    told
}

/// The words of a kind.
pub(super) fn words(kind: &str) -> Vec<&'static str> {
    let lines = WORDS.lines().filter_map(|line| line.strip_prefix("= "));
    let cells = lines.filter_map(|line| line.split_once('\t'));
    let found = cells.into_iter().find(|(name, _)| *name == kind);
    found.map_or_else(Vec::new, |(_, words)| words.split('|').collect())
}

/// The places of the columns by what they hold.
fn columns(head: &[String]) -> HashMap<&'static str, usize> {
    let bare: Vec<String> = head
        .iter()
        .map(|name| name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect())
        .collect();
    let fields = WORDS.lines().filter(|line| !line.starts_with(['#', '=']));
    let mut columns = HashMap::new();
    for (field, names) in fields.filter_map(|line| line.split_once('\t')) {
        let place = names.split('|').find_map(|name| bare.iter().position(|one| one == name));
        if let Some(place) = place {
            columns.insert(field, place);
        }
    }
    columns
}

struct Reader<'a> {
    sheet: &'a Sheet,
    worth: Worth,
    columns: HashMap<&'static str, usize>,
    lexicon: &'a Lexicon,
    names: Names<'a>,
    ends: Vec<&'static str>,
    unknown: Vec<&'static str>,
    start: Option<CivilDate>,
}

impl Reader<'_> {
    fn place(&self, field: &str) -> Option<usize> {
        self.columns.get(field).copied()
    }

    fn cell(&self, row: &Row, field: &str) -> &str {
        self.sheet.cell(row, self.place(field))
    }

    /// Whether the row at this place is the first of its package: it is marked so, bears a value, or
    /// differs from the one above in who gives, when, and under which number.
    fn begins(&self, at: usize) -> bool {
        let (row, before) = (&self.sheet.rows[at], &self.sheet.rows[at - 1]);
        let first = self.cell(row, "first").parse::<Decimal>();
        let value = self.value_columns(row);
        let value = value.iter().any(|field| self.number(row, field).is_ok_and(|n| n.is_some()));
        let differs = ["id", "donor", "date", "aid", "measure"]
            .iter()
            .any(|f| self.cell(row, f) != self.cell(before, f));
        first.is_ok_and(|first| first == Decimal::ONE) || value || differs
    }

    /// The columns that may hold what a row is worth, of which the first that does so is taken.
    /// Newer releases spread a package's value over its rows, in a column from which Kiel's own sums
    /// are made, and tell a pledge that is not allocated by the value of its activity alone; the first ones
    /// have some values only in dollars.
    fn value_columns(&self, row: &Row) -> &'static [&'static str] {
        let is_spread = self.columns.contains_key("spread");
        let measure = self.cell(row, "measure").to_lowercase();
        match (self.worth, is_spread, words("commitment").contains(&measure.as_str())) {
            (_, true, false) => &["spread"],
            (Worth::Converted, true, true) => &["spread", "pledgedeuro", "pledged", "euro"],
            (Worth::Converted, false, true) => &["euro", "total", "pledgedeuro", "pledged"],
            (Worth::Converted, false, false) => &["euro", "total", "dollar"],
            (Worth::Stated, true, true) => &["spread", "pledged", "pledgedeuro", "euro"],
            (Worth::Stated, false, true) => &["total", "euro", "pledged", "pledgedeuro"],
            (Worth::Stated, false, false) => &["total", "dollar", "euro"],
        }
    }

    /// The address that a row gives as its source, else the first in it.
    fn source(&self, row: &Row) -> String {
        let first = std::iter::once(self.cell(row, "source"));
        let cells = (0..row.cells.len()).map(|place| self.sheet.cell(row, Some(place)));
        let address = first.chain(cells).find(|text| text.starts_with("http"));
        address.unwrap_or_default().to_owned()
    }

    /// What the source of a row states where the value stands on a row before it.
    fn part(&self, row: &Row) -> Option<Amount> {
        let figure = self.number(row, "stated").ok()?.filter(|figure| *figure > Decimal::ZERO)?;
        let currency = self.cell(row, "currency").parse().ok()?;
        Some(Amount { bounds: Bounds::of(figure, Qualifier::Exact), currency })
    }

    /// A number, nothing where a word says that there is none.
    fn number(&self, row: &Row, field: &str) -> Result<Option<Decimal>, String> {
        let text = self.cell(row, field);
        let bare: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}')).collect();
        if bare.is_empty() || self.unknown.contains(&text.to_lowercase().as_str()) {
            return Ok(None);
        }
        let number = bare.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&bare));
        number.map(Some).map_err(|_| format!("{field} \"{text}\": expected a number"))
    }

    /// A claim a row; those behind the first one go on with its package.
    fn package(&mut self, rows: &[Row]) -> Result<Vec<Claim>, Refused> {
        let mut claims: Vec<Claim> = Vec::with_capacity(rows.len());
        for row in rows {
            let mut claim = self.claim(row)?;
            claim.continues = !claims.is_empty();
            claims.push(claim);
        }
        // A package is handed over where each of its rows is.
        if !claims.iter().all(|claim| claim.status == Status::Delivered) {
            for claim in claims.iter_mut().filter(|claim| claim.status == Status::Delivered) {
                claim.status = Status::Announced;
            }
        }
        Ok(claims)
    }

    fn claim(&mut self, first: &Row) -> Result<Claim, Refused> {
        let refuse = |problem: String| Refused { row: first.number, problem };
        let donor = self.donor(self.cell(first, "donor")).map_err(refuse)?;
        let aid = Self::aid(self.cell(first, "aid")).map_err(refuse)?;
        let date = self.cell(first, "date");
        let announced =
            dates::read(date, Order::MonthFirst, &self.ends, self.start).map_err(refuse)?;
        let value = self.value(first).map_err(refuse)?;
        let mut evidence = Vec::new();
        self.prove("donor", first, "donor", &mut evidence);
        self.prove("aid", first, "aid", &mut evidence);
        if announced.is_some() {
            self.prove("announced", first, "date", &mut evidence);
        }
        if let Some((_, field, _)) = value {
            self.prove("amount", first, field, &mut evidence);
        }
        let mut items = Vec::new();
        let name = self.cell(first, "item").to_owned();
        if name.is_empty() || self.unknown.contains(&name.to_lowercase().as_str()) {
            // A row without an item is evidence all the same.
            evidence.push(self.proof("status", first.span));
        } else {
            // A number that is no number says that none is known.
            let units = self.number(first, "units").ok().flatten().filter(|n| *n > Decimal::ZERO);
            let quantity = units.map(|units| Bounds::of(units, Qualifier::Exact));
            evidence.push(self.proof("item:0", first.span));
            items.push(self.names.item(&name, quantity, first.span));
        }
        let is_negative = value.is_some_and(|(_, _, is_negative)| is_negative);
        Ok(Claim {
            donors: vec![donor],
            recipients: vec!["UA".to_owned()],
            announced,
            amount: value.map(|(amount, ..)| amount),
            aid,
            status: self.status(first, is_negative),
            mechanism: None,
            sequence: None,
            items,
            confidence: Confidence(1000),
            continues: false,
            contracted: None,
            recalls: None,
            corrects: None,
            evidence,
        })
    }

    /// The value in euros or in the currency in which it was stated, else in the other; with the column,
    /// and whether it stands below zero: what was withdrawn.
    fn value(&self, row: &Row) -> Result<Option<(Amount, &'static str, bool)>, String> {
        for field in self.value_columns(row) {
            let Some(figure) = self.number(row, field)?.filter(|figure| !figure.is_zero()) else {
                continue;
            };
            let currency = match *field {
                "total" | "pledged" => {
                    let code = self.cell(row, "currency");
                    code.parse::<Currency>().map_err(|error| error.to_string())?
                }
                "dollar" => Currency::USD,
                _ => Currency::EUR,
            };
            let bounds = Bounds::of(figure, Qualifier::Exact);
            return Ok(Some((Amount { bounds, currency }, field, figure.is_sign_negative())));
        }
        Ok(None)
    }

    fn status(&self, row: &Row, is_negative: bool) -> Status {
        let flag = self.cell(row, "delivered").parse::<Decimal>();
        if is_negative {
            Status::Withdrawn
        } else if flag.is_ok_and(|flag| flag == Decimal::ONE) {
            Status::Delivered
        } else {
            Status::Announced
        }
    }

    fn donor(&self, name: &str) -> Result<String, String> {
        let bare: String =
            name.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        if words("eu").contains(&bare.as_str()) {
            return Ok("EU".to_owned());
        }
        let code = self.lexicon.actor_code(name).map(str::to_owned);
        code.ok_or_else(|| format!("donor \"{name}\": expected a state or organisation"))
    }

    fn aid(text: &str) -> Result<Aid, String> {
        let lower = text.to_lowercase();
        let kinds = [Aid::Military, Aid::Financial, Aid::Humanitarian];
        let found = kinds.into_iter().find(|aid| words(aid.as_str()).contains(&lower.as_str()));
        found.ok_or_else(|| {
            format!("kind of aid \"{text}\": expected Military, Financial or Humanitarian")
        })
    }

    fn prove(&self, field: &str, row: &Row, column: &str, evidence: &mut Vec<Evidence>) {
        if let Some(span) = self.sheet.span(row, self.place(column)).filter(|span| !span.is_empty())
        {
            evidence.push(self.proof(field, span));
        }
    }

    fn proof(&self, field: &str, span: Span) -> Evidence {
        Evidence {
            field: field.to_owned(),
            span,
            quote: span.of(&self.sheet.article.text).to_owned(),
            rule: "kiel.row".to_owned(),
        }
    }
}
