//! The rows of packages straight from their folios, for formats that write each row alone. Columns and
//! order are those of `report::packages`.

use super::packages::EvidenceRow;
use super::table::Field;
use crate::model::{Damaged, Ends, Folio, Line};

/// What takes the fields of a row.
pub type Put<'p, E> = dyn for<'a> FnMut(&[Field<'a>]) -> Result<(), E> + 'p;

/// The row of a package.
pub fn package_fields<E>(folio: &Folio, put: &mut Put<E>) -> Result<(), E> {
    put(&[
        Field::Package(folio.id),
        Field::text(folio.announced),
        Field::Codes(folio.donors),
        Field::Codes(folio.recipients),
        Field::Sum(folio.amount),
        Field::text(folio.mechanism),
        Field::digits(folio.sequence),
        Field::Word(folio.aid),
        Field::Word(folio.stage),
        Field::Flag(folio.standing == "pending"),
        Field::Word(folio.standing),
        Field::Items(folio.items),
        Field::Sources(folio.sources),
        Field::Told(folio.sources),
    ])
}

/// A row an item.
pub fn item_fields<E: From<Damaged>>(folio: &Folio, put: &mut Put<E>) -> Result<(), E> {
    folio.items.each().try_for_each(|line| {
        let line = line?;
        put(&[
            Field::Package(folio.id),
            Field::text(folio.announced),
            Field::Codes(folio.donors),
            Field::Codes(folio.recipients),
            Field::Word(folio.stage),
            Field::text(line.system),
            Field::Text(line.name),
            Field::text(line.class),
            Field::Many(line.quantity),
            Field::Text(line.text),
        ])
    })
}

/// A row an item with all of its package, one for a package without items; the amount stands on the first.
pub fn tidy_fields<E: From<Damaged>>(folio: &Folio, put: &mut Put<E>) -> Result<(), E> {
    let mut row = |number: u64, amount: Option<Ends>, line: Option<&Line>| {
        put(&[
            Field::Package(folio.id),
            Field::Count(number),
            Field::text(folio.announced),
            Field::Codes(folio.donors),
            Field::Codes(folio.recipients),
            Field::Sum(amount),
            Field::text(folio.mechanism),
            Field::Word(folio.aid),
            Field::Word(folio.stage),
            Field::text(line.and_then(|line| line.system)),
            Field::text(line.map(|line| line.name)),
            Field::text(line.and_then(|line| line.class)),
            Field::Many(line.and_then(|line| line.quantity)),
        ])
    };
    let mut count = 0;
    for line in folio.items.each() {
        count += 1;
        row(count, folio.amount.filter(|_| count == 1), Some(&line?))?;
    }
    if count == 0 { row(1, folio.amount, None) } else { Ok(()) }
}

/// A row an article.
pub fn source_fields<E: From<Damaged>>(folio: &Folio, put: &mut Put<E>) -> Result<(), E> {
    folio.sources.each().try_for_each(|teller| {
        let teller = teller?;
        put(&[
            Field::Package(folio.id),
            Field::Text(teller.article.unwrap_or_default()),
            Field::text(teller.title),
            Field::text(teller.publisher),
            Field::text(teller.published),
            Field::text(teller.location),
        ])
    })
}

/// The row of a field of a telling.
pub fn evidence_fields<E>(row: &EvidenceRow, put: &mut Put<E>) -> Result<(), E> {
    let EvidenceRow { package, source, proof, sentence } = row;
    let place = |byte: usize| source.map_or(Field::Blank, |_| Field::Count(byte as u64));
    let published = source.and_then(|source| source.published);
    put(&[
        Field::Package(*package),
        Field::Text(proof.field),
        Field::Text(proof.quote),
        Field::text(*sentence),
        Field::Text(proof.rule),
        Field::text(source.and_then(|source| source.publisher.as_deref())),
        published.map_or(Field::Blank, Field::Date),
        Field::text(source.and_then(|source| source.location.as_deref())),
        Field::text(source.map(|source| source.article.as_str())),
        place(proof.span.start),
        place(proof.span.end),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fields::push;
    use crate::model::package::PackageSource;
    use crate::model::{Fields, Lines, PackageId, Proof, Span, Tellers};
    use crate::report::{Column, Format, Table, evidence, items, lines, packages, sources, tidy};
    use std::io;

    const HOSTILE: [&str; 7] = [
        "Hawk",
        "=1+1, \"x\"\r\n@a",
        "\u{1b}[2J\u{202e}",
        "",
        " -2\ty",
        "a \"b\", c",
        "<b>|*_`$[x](y)~\\",
    ];

    /// Four lines and three tellers as fields.
    fn parts(words: &str) -> [String; 2] {
        let (many, range) = (
            [Some("1200"), None, Some("at_least"), Some(words)],
            [Some("999"), Some("1234567.25"), Some("range"), None],
        );
        let (none, up_to) = ([None; 4], [None, Some("100"), Some("up_to"), Some(words)]);
        let (mut lines, mut tellers) = (String::new(), String::new());
        for quantity in [many, none, range, up_to] {
            let is_known = quantity[2].is_some();
            let [system, class] = ["hawk", "sam"].map(|word| Some(word).filter(|_| is_known));
            let name = [system, Some(words), class];
            let place = [Some(words), Some("0"), Some("1")];
            name.into_iter().chain(quantity).chain(place).for_each(|field| push(field, &mut lines));
        }
        for article in [Some("5f"), None, Some("5f")] {
            let location = article.map(|_| words);
            let teller = [article, Some(words), None, Some("2022-11"), location];
            for field in teller {
                push(field, &mut tellers);
            }
        }
        [lines, tellers]
    }

    /// So many of the lines, and all tellers.
    fn folio<'a>(
        words: &'a str,
        codes: &'a str,
        parts: &'a [String; 2],
        items: usize,
    ) -> Folio<'a> {
        let [lines, tellers] = parts.each_ref().map(|part| Fields(part));
        let mut rest = lines;
        for _ in 0..items * 10 {
            rest.field().unwrap();
        }
        let lines = Lines(Fields(&lines.0[..lines.0.len() - rest.0.len()]));
        Folio {
            id: PackageId(12),
            donors: codes,
            recipients: "UA",
            announced: Some("2022-11-10"),
            amount: Some(Ends {
                low: None,
                high: Some("2.5"),
                qualifier: "up_to",
                of: Some("USD"),
            }),
            aid: "military",
            stage: "announced",
            mechanism: Some(words),
            sequence: Some("25"),
            standing: "pending",
            has_items: items > 0,
            items: lines,
            sources: Tellers(tellers),
        }
    }

    #[derive(Debug)]
    struct Failure;

    impl From<Damaged> for Failure {
        fn from(_: Damaged) -> Self {
            Self
        }
    }

    impl From<io::Error> for Failure {
        fn from(_: io::Error) -> Self {
            Self
        }
    }

    type Rows = fn(&Folio, &mut Put<Failure>) -> Result<(), Failure>;
    type Tables = fn(&[crate::model::Package]) -> Table;

    #[test]
    fn rows_are_the_same_bytes_as_those_of_the_package() {
        let tables: [(Rows, Tables); 4] = [
            (package_fields, packages),
            (item_fields, items),
            (tidy_fields, tidy),
            (source_fields, sources),
        ];
        for words in HOSTILE {
            let parts = parts(words);
            for (codes, count) in [("US", 0), ("DE,US", 1), ("", 4)] {
                let folio = folio(words, codes, &parts, count);
                let package = folio.package().unwrap();
                for (rows, table) in tables {
                    let table = table(std::slice::from_ref(&package));
                    check(&table, |put| rows(&folio, put));
                }
            }
        }
    }

    #[test]
    fn a_row_of_evidence_is_the_same_bytes_as_that_of_its_cells() {
        for words in HOSTILE {
            let source = PackageSource {
                article: "5f".to_owned(),
                title: None,
                publisher: Some(words.to_owned()),
                published: "2022-11".parse().ok(),
                location: None,
            };
            let proof =
                Proof { field: "item:0", span: Span::new(3, 1200), quote: words, rule: "r" };
            for (source, sentence) in [(Some(&source), Some(words)), (None, None)] {
                let row = EvidenceRow { package: PackageId(12), source, proof, sentence };
                check(&evidence(&[row]), |put| evidence_fields(&row, put));
            }
        }
    }

    /// Both ways to write the rows of a table must give the same bytes.
    fn check(table: &Table, rows: impl Fn(&mut Put<Failure>) -> Result<(), Failure>) {
        for format in [Format::Csv, Format::Tsv, Format::Ndjson, Format::Json, Format::Markdown] {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            let columns: &[Column] = &table.columns;
            let mut out = lines(columns, format, &mut ours);
            rows(&mut |row| Ok(out.fields(row)?)).unwrap();
            out.end(&[], &[]).unwrap();
            drop(out);
            let mut out = lines(columns, format, &mut theirs);
            table.rows.iter().for_each(|row| out.row(row).unwrap());
            out.end(&[], &[]).unwrap();
            drop(out);
            let [ours, theirs] = [ours, theirs].map(String::from_utf8);
            assert_eq!(ours, theirs);
        }
    }
}
