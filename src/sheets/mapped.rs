//! Anyone's spreadsheet, by a map from fields to its columns. A row that is not understood is
//! refused, and so are all rows of its package.

use super::dates::{self, Order};
use super::items::Names;
use super::{BadSheet, Refused, Row, Sheet, Told};
use crate::lexicon::Lexicon;
use crate::model::{
    Aid, Amount, Bounds, Claim, Confidence, Evidence, Item, Span, Status, closed_set,
};
use std::collections::BTreeMap;

closed_set! {
    /// What a column can hold.
    Field {
        /// Rows with one value in it, below each other, are one package.
        Package = "package",
        /// Who gives; several with semicolons.
        Donor = "donor",
        /// Who receives; several with semicolons.
        Recipient = "recipient",
        /// The day of announcement.
        Date = "date",
        /// The value; in `currency` where it names none.
        Amount = "amount",
        /// The currency of the value.
        Currency = "currency",
        /// The kind of help.
        Aid = "aid",
        /// How far it has come.
        Stage = "stage",
        /// The legal or budget route.
        Mechanism = "mechanism",
        /// What is given; several with semicolons, each with its number.
        Item = "item",
        /// How many of it.
        Quantity = "quantity",
    }
}

/// Where each field is found.
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// The name of the column of each field.
    pub columns: BTreeMap<Field, String>,
    /// What a field is in all rows.
    pub constants: BTreeMap<Field, String>,
    /// Whether the day stands first in `3/4/2022`.
    pub day_first: bool,
}

/// Reads values as a person types them; errors say what was expected.
pub struct Values<'a> {
    /// An amount with its currency.
    pub amount: &'a dyn Fn(&str) -> Result<Amount, String>,
    /// How many, or between how many.
    pub quantity: &'a dyn Fn(&str) -> Result<Bounds, String>,
    /// The code of an actor.
    pub actor: &'a dyn Fn(&str) -> Result<String, String>,
    /// The id of a mechanism.
    pub mechanism: &'a dyn Fn(&str) -> Result<String, String>,
}

/// Reads the table; its heading must have all columns of the map.
pub fn read(
    bytes: &[u8],
    path: Option<&str>,
    sha256: String,
    map: &Map,
) -> Result<Sheet, BadSheet> {
    let has = |head: &[String], name: &String| head.iter().any(|cell| cell.trim() == name.as_str());
    let is_head = |head: &[String]| map.columns.values().all(|name| has(head, name));
    let names: Vec<&str> = map.columns.values().map(String::as_str).collect();
    Sheet::read(bytes, path, sha256, &is_head, &names.join(", "))
}

/// Makes claims of the rows.
pub fn claims(sheet: &Sheet, map: &Map, values: &Values, lexicon: &Lexicon) -> Told {
    let mut names = Names::new(lexicon);
    let mut told = Told::default();
    let reader = Reader { sheet, map, values };
    let mut at = 0;
    while at < sheet.rows.len() {
        let mut end = at + 1;
        while end < sheet.rows.len() && reader.is_one(&sheet.rows[at], &sheet.rows[end]) {
            end += 1;
        }
        let rows = &sheet.rows[at..end];
        match reader.claim(rows, &mut names) {
            Ok(claim) => {
                told.claims.push(claim);
                told.sources.push(String::new());
                told.parts.push(None);
                told.rows.push((rows[0].number, rows[rows.len() - 1].number));
            }
            Err(refused) => told.refused.push(refused),
        }
        at = end;
    }
    told
}

struct Reader<'a> {
    sheet: &'a Sheet,
    map: &'a Map,
    values: &'a Values<'a>,
}

impl Reader<'_> {
    fn place(&self, field: Field) -> Option<usize> {
        let name = self.map.columns.get(&field)?;
        self.sheet.head.iter().position(|cell| cell.trim() == name.as_str())
    }

    /// The cell's text, else the constant; nothing where both are empty.
    fn text(&self, row: &Row, field: Field) -> Option<&str> {
        let cell = self.sheet.cell(row, self.place(field)).trim();
        let constant = self.map.constants.get(&field).map_or("", String::as_str);
        Some(if cell.is_empty() { constant } else { cell }).filter(|text| !text.is_empty())
    }

    fn is_one(&self, first: &Row, row: &Row) -> bool {
        let (one, other) = (self.text(first, Field::Package), self.text(row, Field::Package));
        self.map.columns.contains_key(&Field::Package) && one.is_some() && one == other
    }

    fn claim(&self, rows: &[Row], names: &mut Names) -> Result<Claim, Refused> {
        let first = &rows[0];
        let at = |row: &Row, problem: String| Refused { row: row.number, problem };
        let refuse = |problem: String| at(first, problem);
        let order = if self.map.day_first { Order::DayFirst } else { Order::MonthFirst };
        let announced = match self.text(first, Field::Date) {
            None => None,
            Some(text) => {
                let date = dates::read(text, order, &[], None).map_err(refuse)?;
                Some(date.ok_or_else(|| refuse(dates::expected(text, order)))?)
            }
        };
        let mut claim = Claim {
            donors: self.actors(first, Field::Donor).map_err(refuse)?,
            recipients: self.actors(first, Field::Recipient).map_err(refuse)?,
            announced,
            amount: self.amount(rows).map_err(refuse)?,
            aid: self.word(first, Field::Aid, Aid::Military).map_err(refuse)?,
            status: self.word(first, Field::Stage, Status::Announced).map_err(refuse)?,
            mechanism: self
                .text(first, Field::Mechanism)
                .map(|text| (self.values.mechanism)(text))
                .transpose()
                .map_err(refuse)?,
            sequence: None,
            items: Vec::new(),
            confidence: Confidence(1000),
            continues: false,
            contracted: None,
            recalls: None,
            corrects: None,
            evidence: Vec::new(),
        };
        for row in rows {
            for item in self.items(row, names).map_err(|problem| at(row, problem))? {
                claim.evidence.push(self.proof(&format!("item:{}", claim.items.len()), row.span));
                claim.items.push(item);
            }
        }
        let fields = [
            ("donor", Field::Donor),
            ("recipient", Field::Recipient),
            ("announced", Field::Date),
            ("aid", Field::Aid),
            ("mechanism", Field::Mechanism),
        ];
        for (name, field) in fields {
            let span = self.sheet.span(first, self.place(field)).filter(|span| !span.is_empty());
            claim.evidence.extend(span.map(|span| self.proof(name, span)));
        }
        if claim.amount.is_some() {
            // A constant has no cell of its own: then the row stands for it.
            let row = self.valued(rows).unwrap_or(first);
            let span = self.sheet.span(row, self.place(Field::Amount));
            let span = span.filter(|span| !span.is_empty()).unwrap_or(row.span);
            claim.evidence.push(self.proof("amount", span));
        }
        claim.evidence.push(self.proof("status", first.span));
        Ok(claim)
    }

    /// The first row of a package that bears a value.
    fn valued<'r>(&self, rows: &'r [Row]) -> Option<&'r Row> {
        rows.iter().find(|row| self.text(row, Field::Amount).is_some())
    }

    fn amount(&self, rows: &[Row]) -> Result<Option<Amount>, String> {
        let stated: Vec<(&str, Option<&str>)> = rows
            .iter()
            .filter_map(|row| {
                Some((self.text(row, Field::Amount)?, self.text(row, Field::Currency)))
            })
            .collect();
        let Some((text, currency)) = stated.first() else { return Ok(None) };
        if stated.iter().any(|other| other.0 != *text) {
            return Err("several rows of one package bear different amounts: expected one".into());
        }
        let amount = (self.values.amount)(text);
        // A bare figure has the currency of its own column.
        match (amount, currency) {
            (Err(_), Some(currency)) => {
                (self.values.amount)(&format!("{text} {currency}")).map(Some)
            }
            (amount, _) => amount.map(Some),
        }
    }

    /// One item where its number stands in a cell of its own; else all that the cell lists.
    fn items(&self, row: &Row, names: &mut Names) -> Result<Vec<Item>, String> {
        let Some(cell) = self.text(row, Field::Item) else { return Ok(Vec::new()) };
        let Some(quantity) = self.quantity(row)? else { return Ok(names.listed(cell, row.span)) };
        let parts = cell.split(';').filter(|part| !part.trim().is_empty());
        if parts.count() > 1 {
            return Err(format!("item \"{cell}\": expected one, since quantity is one number"));
        }
        Ok(vec![names.item(cell, Some(quantity), row.span)])
    }

    fn quantity(&self, row: &Row) -> Result<Option<Bounds>, String> {
        let Some(text) = self.text(row, Field::Quantity) else { return Ok(None) };
        (self.values.quantity)(text).map(Some)
    }

    fn actors(&self, row: &Row, field: Field) -> Result<Vec<String>, String> {
        let text = self.text(row, field).ok_or_else(|| format!("no {field}: expected one"))?;
        let names = text.split(';').map(str::trim).filter(|name| !name.is_empty());
        let mut codes: Vec<String> =
            names.map(|name| (self.values.actor)(name)).collect::<Result<_, _>>()?;
        codes.sort();
        codes.dedup();
        Ok(codes)
    }

    fn word<T>(&self, row: &Row, field: Field, default: T) -> Result<T, String>
    where
        T: std::str::FromStr<Err = crate::model::UnknownWord>,
    {
        let Some(text) = self.text(row, field) else { return Ok(default) };
        text.to_lowercase().parse().map_err(|error| format!("{field} {error}"))
    }

    fn proof(&self, field: &str, span: Span) -> Evidence {
        Evidence {
            field: field.to_owned(),
            span,
            quote: span.of(&self.sheet.article.text).to_owned(),
            rule: "csv.map".to_owned(),
        }
    }
}
