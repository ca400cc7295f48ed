//! Fills the lexicon from its tables.

use super::matcher::Meaning;
use super::table::{Layout, LexiconError, Row};
use super::{
    ActorForm, ActorKind, Conflict, Cue, CurrencyForm, Label, Lexicon, Materiel, Mechanism,
    PartyKind, PartyLine, PublisherLine, Role, System, Table, classes,
};
use crate::model::CivilDate;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

pub(super) const SYSTEMS: Layout<6> = Layout {
    columns: ["id", "class", "origin", "name", "forms", "source"],
    key: &[0],
    is_unique: true,
};
const MATERIEL: Layout<4> =
    Layout { columns: ["form", "class", "role", "note"], key: &[0], is_unique: false };
const ACTORS: Layout<6> = Layout {
    columns: ["code", "type", "form", "from", "until", "source"],
    key: &[0, 2],
    is_unique: false,
};
const CURRENCIES: Layout<3> =
    Layout { columns: ["code", "type", "form"], key: &[1, 2], is_unique: false };
const MECHANISMS: Layout<5> =
    Layout { columns: ["id", "donor", "recipient", "form", "note"], key: &[0, 3], is_unique: true };
const CONFLICTS: Layout<3> =
    Layout { columns: ["enemy", "receiver", "source"], key: &[0, 1], is_unique: true };
const PARTIES: Layout<4> =
    Layout { columns: ["code", "kind", "receives", "source"], key: &[0, 1], is_unique: true };
const PUBLISHERS: Layout<4> =
    Layout { columns: ["part", "form", "kind", "source"], key: &[0, 1], is_unique: true };
const CUES: Layout<3> =
    Layout { columns: ["label", "form", "value"], key: &[0, 1], is_unique: false };

/// The tables beside those of languages.
pub const NAMES: [&str; 11] = [
    "classes.tsv",
    "counted.tsv",
    "units.tsv",
    "systems.tsv",
    "materiel.tsv",
    "actors.tsv",
    "currencies.tsv",
    "mechanisms.tsv",
    "conflicts.tsv",
    "parties.tsv",
    "publishers.tsv",
];
/// How the labels of verbs begin.
const VERBS: &str = "verb.";

/// How the name of a language's table begins.
const LANGUAGES: &str = "lang/";

impl Lexicon {
    /// Loads a lexicon from its tables; of several with one name the later add to the earlier.
    pub fn load(tables: &[Table<'_>]) -> Result<Self, LexiconError> {
        let named = |name: &'static str| tables.iter().copied().filter(move |t| t.name == name);
        let mut lexicon = Self { fingerprint: fingerprint(tables), ..Self::default() };
        lexicon.fill_classes(&classes::LAYOUT.join(named("classes.tsv"))?)?;
        lexicon.fill_counted(&classes::COUNTED.join(named("counted.tsv"))?)?;
        lexicon.fill_units(&classes::UNITS.join(named("units.tsv"))?);
        lexicon.fill_systems(&SYSTEMS.join(named("systems.tsv"))?)?;
        lexicon.fill_materiel(&MATERIEL.join(named("materiel.tsv"))?)?;
        lexicon.fill_actors(&ACTORS.join(named("actors.tsv"))?)?;
        lexicon.fill_currencies(&CURRENCIES.join(named("currencies.tsv"))?)?;
        lexicon.fill_mechanisms(&MECHANISMS.join(named("mechanisms.tsv"))?);
        lexicon.fill_conflicts(&CONFLICTS.join(named("conflicts.tsv"))?);
        lexicon.fill_parties(&PARTIES.join(named("parties.tsv"))?)?;
        lexicon.fill_publishers(&PUBLISHERS.join(named("publishers.tsv"))?)?;
        let cues = tables.iter().copied().filter(|table| table.name.starts_with(LANGUAGES));
        lexicon.fill_cues(&CUES.join(cues)?)?;
        Ok(lexicon)
    }

    fn fill_systems(&mut self, rows: &[Row<'_, 6>]) -> Result<(), LexiconError> {
        for row in rows {
            let [id, class, origin, name, forms, source] = row.cells;
            self.check_class(row, class)?;
            if id.is_empty() || name.is_empty() {
                return Err(row.error(format!("no name, expected the designation of \"{id}\"")));
            }
            let meaning = Meaning::System(index(self.systems.len()));
            let forms: Vec<String> =
                forms.split('|').filter(|form| !form.is_empty()).map(str::to_owned).collect();
            let ambiguous_name = forms.iter().any(|form| form.strip_prefix('?') == Some(name));
            if !ambiguous_name {
                self.matcher.add(name, meaning, 0);
            }
            for form in &forms {
                self.matcher.add(form, meaning, 0);
            }
            self.systems.push(System {
                id: id.to_owned(),
                class: class.to_owned(),
                origin: filled(origin),
                name: name.trim_start_matches('?').to_owned(),
                forms,
                source: source.to_owned(),
            });
        }
        Ok(())
    }

    fn fill_materiel(&mut self, rows: &[Row<'_, 4>]) -> Result<(), LexiconError> {
        for row in rows {
            let [form, class, role, note] = row.cells;
            if !class.is_empty() {
                self.check_class(row, class)?;
            }
            let role: Role = role.parse().map_err(|error| row.error(error))?;
            self.matcher.add(form, Meaning::Materiel(index(self.materiel.len())), 0);
            let form = form.trim_start_matches('?').to_owned();
            let is_everyday = note == "everyday";
            self.materiel.push(Materiel { form, class: filled(class), role, is_everyday });
        }
        Ok(())
    }

    fn fill_actors(&mut self, rows: &[Row<'_, 6>]) -> Result<(), LexiconError> {
        for row in rows {
            let [code, kind, form, from, until, source] = row.cells;
            let date = |text: &str| -> Result<Option<CivilDate>, LexiconError> {
                filled(text).map(|text| text.parse().map_err(|error| row.error(error))).transpose()
            };
            let kind: ActorKind = kind.parse().map_err(|error| row.error(error))?;
            self.matcher.add(form, Meaning::Actor(index(self.actors.len())), 0);
            self.actors.push(ActorForm {
                code: code.to_owned(),
                kind,
                form: form.trim_start_matches('?').to_owned(),
                from: date(from)?,
                until: date(until)?,
                is_standard: source == "standard",
            });
        }
        let is_name = |actor: &ActorForm| matches!(actor.kind, ActorKind::Name | ActorKind::Body);
        let ranks: [&dyn Fn(&ActorForm) -> bool; 2] = [&|actor| actor.is_standard, &is_name];
        for is_meant in ranks {
            for (place, actor) in
                self.actors.iter().enumerate().filter(|(_, actor)| is_meant(actor))
            {
                self.actor_names.entry(actor.code.clone()).or_insert(place);
            }
        }
        Ok(())
    }

    fn fill_currencies(&mut self, rows: &[Row<'_, 3>]) -> Result<(), LexiconError> {
        for row in rows {
            let [code, kind, form] = row.cells;
            match kind {
                "of" => {
                    let currency = code.parse().map_err(|error| row.error(error))?;
                    let (group, country) = form.split_once('/').unwrap_or((form, ""));
                    let country = if country == "-" { "" } else { country };
                    self.group_currencies.insert((group.to_owned(), country.to_owned()), currency);
                }
                "code" | "name" | "symbol" => {
                    let meaning = Meaning::Currency(index(self.currencies.len()));
                    self.matcher.add(form, meaning, 0);
                    let symbol = kind != "name";
                    let form = form.trim_start_matches('?').to_owned();
                    self.currencies.push(CurrencyForm { code: code.to_owned(), form, symbol });
                }
                "greatest" => {
                    let currency = code.parse().map_err(|error| row.error(error))?;
                    let sum = form
                        .parse()
                        .map_err(|_| row.error(format!("\"{form}\", expected a sum in digits")))?;
                    self.greatest_sums.insert(currency, sum);
                }
                _ => {
                    let expected = "code, name, symbol, of, greatest";
                    return Err(row.error(format!("\"{kind}\", expected {expected}")));
                }
            }
        }
        Ok(())
    }

    fn fill_mechanisms(&mut self, rows: &[Row<'_, 5>]) {
        for row in rows {
            let [id, donor, recipient, form, _note] = row.cells;
            self.matcher.add(form, Meaning::Mechanism(index(self.mechanisms.len())), 0);
            let (id, donor, recipient) = (id.to_owned(), filled(donor), filled(recipient));
            self.mechanisms.push(Mechanism { id, donor, recipient });
        }
    }

    fn fill_conflicts(&mut self, rows: &[Row<'_, 3>]) {
        for row in rows {
            let [enemy, receiver, _source] = row.cells.map(str::to_owned);
            self.conflicts.push(Conflict { enemy, receiver });
        }
    }

    fn fill_parties(&mut self, rows: &[Row<'_, 4>]) -> Result<(), LexiconError> {
        for row in rows {
            let [code, kind, receives, _source] = row.cells;
            let kind: PartyKind = kind.parse().map_err(|error| row.error(error))?;
            self.parties.push(PartyLine {
                code: code.to_owned(),
                kind,
                receives: receives != "no",
            });
        }
        Ok(())
    }

    fn fill_publishers(&mut self, rows: &[Row<'_, 4>]) -> Result<(), LexiconError> {
        for row in rows {
            let [part, form, kind, _source] = row.cells;
            self.publishers.push(PublisherLine {
                part: part.parse().map_err(|error| row.error(error))?,
                form: form.to_owned(),
                kind: kind.parse().map_err(|error| row.error(error))?,
            });
        }
        Ok(())
    }

    fn fill_cues(&mut self, rows: &[Row<'_, 3>]) -> Result<(), LexiconError> {
        for row in rows {
            let [label, forms, value] = row.cells;
            let is_verb = label.starts_with(VERBS);
            let label: Label = label.parse().map_err(|error| row.error(error))?;
            let value = filled(value)
                .map(|text| text.parse::<Decimal>().map_err(|error| row.error(error)))
                .transpose()?;
            let meaning = Meaning::Cue(index(self.cues.len()));
            for (slot, form) in forms.split('|').enumerate() {
                let slot = u8::try_from(slot).unwrap_or(u8::MAX);
                if is_verb {
                    self.matcher.add_verb(form, meaning, slot);
                } else {
                    self.matcher.add(form, meaning, slot);
                }
            }
            self.cues.push(Cue { label, value });
        }
        Ok(())
    }

    pub(super) fn check_class<const N: usize>(
        &self,
        row: &Row<'_, N>,
        class: &str,
    ) -> Result<(), LexiconError> {
        match self.class(class) {
            Some(_) => Ok(()),
            None => Err(row.error(format!("class \"{class}\", expected an id of classes.tsv"))),
        }
    }
}

/// Each name and text goes in with its length before it, so that no two rows of tables hash alike.
fn fingerprint(tables: &[Table<'_>]) -> String {
    let mut hash = Sha256::new();
    for part in tables.iter().flat_map(|table| [table.name, table.text]) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut digits = String::new();
    for byte in hash.finalize().iter().take(8) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Whether the lexicon has a table of this name.
pub fn is_table(name: &str) -> bool {
    NAMES.contains(&name) || name.starts_with(LANGUAGES)
}

/// The cell's text, where it has one.
pub(super) fn filled(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
