//! What `show` says of how the tellings of a package agree: field by field who says the same, who is
//! less exact and who contradicts it, and when each stage was told.

use super::screen::Screen;
use crate::ledger::{PackageDetail, Reached};
use crate::model::Fact;
use crate::model::accord::{Accord, FieldTold, Said, Why};
use crate::report::facts::{fact_name, fact_text};
use crate::report::render::clean;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes how several tellings agree; of one telling there is nothing to say.
pub(super) fn write_fields(detail: &PackageDetail, screen: &mut Screen) -> io::Result<()> {
    if detail.tellings.len() < 2 {
        return Ok(());
    }
    writeln!(screen, "{}", screen.paint.bold("Who tells what"))?;
    for field in &detail.fields {
        let tellings: Vec<String> =
            Accord::ALL.iter().filter_map(|accord| tellings(field, *accord, screen)).collect();
        let value = clean(&fact_text(&field.value));
        let set = if field.amended { " (amended)" } else { "" };
        let why = field.why.map(|why| format!(" ({why})")).unwrap_or_default();
        let told = tellings.join("; ");
        writeln!(screen, "  {:<10} {value}{set}{why}: {told}", name(&field.value))?;
    }
    if detail.stages.len() > 1 {
        let stages: Vec<String> = detail
            .stages
            .iter()
            .map(|Reached { stage, day, in_part }| {
                let part = if *in_part { " in part" } else { "" };
                format!("{stage}{part} {day}")
            })
            .collect();
        writeln!(screen, "  {:<10} {}", "stages", stages.join(", "))?;
    }
    writeln!(screen)
}

fn name(fact: &Fact) -> &'static str {
    if matches!(fact, Fact::Items(_)) { "item" } else { fact_name(fact) }
}

/// The tellings that stand so to the field: `1, 2`, or `conflicts: 3 (2022-11-11)`.
fn tellings(field: &FieldTold, accord: Accord, screen: &Screen) -> Option<String> {
    let said: Vec<&Said> = field.said.iter().filter(|said| said.accord == accord).collect();
    if said.is_empty() {
        return None;
    }
    let number = |said: &&Said| match accord {
        Accord::Same => format!("{}", said.telling + 1),
        _ => format!("{} ({})", said.telling + 1, clean(&fact_text(&said.value))),
    };
    let numbers: Vec<String> = said.iter().map(number).collect();
    let numbers = numbers.join(", ");
    Some(match accord {
        Accord::Same => format!("told by {numbers}"),
        Accord::Conflicts => format!("{} with {numbers}", screen.paint.doubtful("in conflict")),
        Accord::Agrees => format!("fits {numbers}"),
        Accord::OtherCurrency => format!("in another currency {numbers}"),
        Accord::Corrected => format!("taken back {numbers}"),
    })
}

/// The same for programs.
pub(super) fn fields_json(detail: &PackageDetail) -> Value {
    let field = |field: &FieldTold| {
        let told = field.said.iter().map(|said| {
            json!({
                "telling": said.telling + 1,
                "value": fact_text(&said.value),
                "accord": said.accord.as_str(),
            })
        });
        json!({
            "field": name(&field.value),
            "value": fact_text(&field.value),
            "amended": field.amended,
            "conflict": field.is_conflict(),
            "why": field.why.map(Why::as_str),
            "told": told.collect::<Vec<_>>(),
        })
    };
    detail.fields.iter().map(field).collect()
}
