//! Anyone's spreadsheet, by a map from fields to its columns. A row that is not understood is
//! refused, and so are all rows of its package.

use super::dates::{self, Order};
use super::items::Names;
use super::{BadSheet, Refused, Row, Sheet, Told, kiel};
use crate::lexicon::Lexicon;
use crate::model::{
    Aid, Amount, Bounds, Claim, Confidence, Evidence, Item, Span, Status, closed_set,
};
use rust_decimal::Decimal;
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
    /// Whether numbers are written as `1.700.000,50`.
    pub decimal_comma: bool,
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
    let lacks =
        |head: &[String]| map.columns.values().filter(|name| column(head, name).is_none()).count();
    let names: Vec<&str> = map.columns.values().map(String::as_str).collect();
    Sheet::read(bytes, path, sha256, &lacks, &names.join(", "))
}

/// The place of the column of this name; where none has just that, of one with other capitals.
fn column(head: &[String], name: &str) -> Option<usize> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let small = name.to_lowercase();
    let exact = head.iter().position(|cell| *cell == name);
    exact.or_else(|| head.iter().position(|cell| cell.to_lowercase() == small))
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
        column(&self.sheet.head, self.map.columns.get(&field)?)
    }

    /// The cell's text, else the constant; nothing where both are empty, or say that it is not known.
    fn text(&self, row: &Row, field: Field) -> Option<&str> {
        let cell = self.sheet.cell(row, self.place(field)).trim();
        let constant = self.map.constants.get(&field).map_or("", String::as_str);
        let is_known = !cell.is_empty() && !kiel::words("unknown").contains(&&*cell.to_lowercase());
        Some(if is_known { cell } else { constant }).filter(|text| !text.is_empty())
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
        let number = self.number(text);
        let amount = (self.values.amount)(&number);
        // A bare figure has the currency of its own column.
        let amount = match (amount, currency) {
            (Err(_), Some(currency)) => {
                let code = Some(currency.to_uppercase()).filter(|code| code.len() == 3);
                (self.values.amount)(&format!("{number} {}", code.as_deref().unwrap_or(currency)))
            }
            (amount, _) => amount,
        }?;
        self.sure(text, amount.bounds)?;
        Ok(Some(amount))
    }

    /// A number as it is written with a point: blanks between thousands, and the points that a sheet with commas
    /// before decimals has there, are left out.
    fn number(&self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let is_digit = |place: Option<usize>| {
            place.and_then(|place| letters.get(place)).is_some_and(char::is_ascii_digit)
        };
        let is_between = |place: usize| is_digit(place.checked_sub(1)) && is_digit(Some(place + 1));
        // "7.1bn" has a point before its decimals in any sheet.
        let is_group = |place: usize| {
            let digits = (1..=4).take_while(|offset| is_digit(Some(place + offset))).count();
            is_between(place) && digits == 3
        };
        let written = letters.iter().enumerate().filter_map(|(place, letter)| match letter {
            ' ' | '\'' | '\u{2019}' if is_group(place) => None,
            '.' if self.map.decimal_comma && is_group(place) => None,
            ',' if self.map.decimal_comma && is_between(place) => Some('.'),
            letter => Some(*letter),
        });
        written.collect()
    }

    /// Refuses "1.700", which is 1700 to one and less than two to another.
    fn sure(&self, text: &str, bounds: Bounds) -> Result<(), String> {
        let figure = bounds.figure();
        let is_group = |part: &str| part.chars().take_while(char::is_ascii_digit).count() == 3;
        let has_one = text.split('.').skip(1).any(is_group);
        if self.map.decimal_comma || !has_one || figure >= Decimal::ONE_THOUSAND {
            return Ok(());
        }
        let whole = figure * Decimal::ONE_THOUSAND;
        Err(format!(
            "\"{text}\": expected {} or {}: which of them is meant is not said (--decimal-comma)",
            figure.normalize(),
            whole.normalize()
        ))
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
        let quantity = (self.values.quantity)(&self.number(text))?;
        self.sure(text, quantity)?;
        if quantity.figure().is_zero() {
            return Err(format!(
                "quantity \"{text}\": expected more than zero; what is not stated is none"
            ));
        }
        Ok(Some(quantity))
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
