//! Look-ups: what a rule, a command or a person asks the lexicon.

use super::{
    ActorForm, ActorKind, Class, Cue, CurrencyForm, Lexicon, Matcher, Materiel, Meaning, Mechanism,
    PartyKind, PartyLine, System,
};
use crate::model::{Currency, Span};
use rust_decimal::Decimal;

impl Lexicon {
    /// What an actor is to military aid.
    pub fn party_kind(&self, code: &str) -> PartyKind {
        self.party(code).map_or(PartyKind::State, |party| party.kind)
    }

    /// Whether the code is one of a state or body that can give military aid.
    pub fn can_give(&self, code: &str) -> bool {
        !matches!(self.party_kind(code), PartyKind::Other | PartyKind::Name)
    }

    /// Whether the code is one of a state that is given military aid.
    pub fn can_receive(&self, code: &str) -> bool {
        self.party(code).is_none_or(|party| party.receives)
    }

    fn party(&self, code: &str) -> Option<&PartyLine> {
        self.parties.iter().find(|party| party.code == code)
    }

    /// Whether `code` is at war with somebody who receives.
    pub fn attacks(&self, code: &str) -> bool {
        self.conflicts.iter().any(|war| war.enemy == code)
    }

    /// Whether `code` is at war with `receiver`.
    pub fn is_enemy(&self, code: &str, receiver: &str) -> bool {
        self.conflicts.iter().any(|war| war.enemy == code && war.receiver == receiver)
    }

    /// Whether somebody is at war with `code`, so that articles mostly name it as a receiver.
    pub fn is_attacked(&self, code: &str) -> bool {
        self.conflicts.iter().any(|war| war.receiver == code)
    }

    /// The matcher of all forms.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The class with this id.
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.class_numbers.get(id).map(|number| &self.classes[*number])
    }

    /// All classes, by id.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// All common nouns, by form.
    pub fn materiel(&self) -> &[Materiel] {
        &self.materiel
    }

    /// All named systems, by id.
    pub fn systems(&self) -> &[System] {
        &self.systems
    }

    /// All forms of actors, by code.
    pub fn actors(&self) -> &[ActorForm] {
        &self.actors
    }

    /// All mechanisms, a line a form.
    pub fn mechanisms(&self) -> &[Mechanism] {
        &self.mechanisms
    }

    /// The system that a match stands for.
    pub fn system_at(&self, number: u32) -> &System {
        &self.systems[number as usize]
    }

    /// The common noun that a match stands for.
    pub fn materiel_at(&self, number: u32) -> &Materiel {
        &self.materiel[number as usize]
    }

    /// The actor's form that a match stands for.
    pub fn actor_at(&self, number: u32) -> &ActorForm {
        &self.actors[number as usize]
    }

    /// The currency that a match stands for.
    pub fn currency_at(&self, number: u32) -> &CurrencyForm {
        &self.currencies[number as usize]
    }

    /// Whether there is a currency of this ISO 4217 code.
    pub fn has_currency(&self, code: &str) -> bool {
        self.currencies.iter().any(|currency| currency.code == code)
    }

    /// The signs that are written with more than letters, `$`, `NT$`, `zł` apart, and the one
    /// currency that each stands for; longer ones first.
    pub fn currency_signs(&self) -> Vec<(&str, Currency)> {
        let is_sign =
            |form: &str| form.chars().any(|c| !c.is_alphanumeric() && !matches!(c, '.' | '/'));
        let symbols = self.currencies.iter().filter(|form| form.symbol && is_sign(&form.form));
        let mut signs: Vec<(&str, Currency)> = symbols
            .filter_map(|form| {
                let code = form.code.parse().ok();
                let currency = code.or_else(|| self.group_currency(&form.code, None))?;
                Some((form.form.as_str(), currency))
            })
            .collect();
        signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        signs
    }

    /// The currencies that a group stands for, by who gives.
    fn currencies_of_group(&self, group: &str) -> Vec<Currency> {
        let all = self.group_currencies.iter();
        let mut found: Vec<Currency> =
            all.filter(|((of, _), _)| of == group).map(|(_, currency)| *currency).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The currency that words name, "euros" or "Norwegian kroner"; where they name those of several states and
    /// nobody says whose, the error names them.
    pub fn currency_named(&self, words: &str) -> Result<Option<Currency>, Vec<Currency>> {
        let words = words.to_lowercase();
        let is_name = |form: &&CurrencyForm| {
            let form = form.form.to_lowercase();
            form.len() > 3 && (form == words || words.strip_suffix('s') == Some(&form[..]))
        };
        let Some(form) = self.currencies.iter().find(is_name) else { return Ok(None) };
        if let Some(one) = form.code.parse().ok().or_else(|| self.group_currency(&form.code, None))
        {
            return Ok(Some(one));
        }
        Err(self.currencies_of_group(&form.code))
    }

    /// The sum above which no package is worth in a currency, where one is known.
    pub fn greatest_sum(&self, currency: Currency) -> Option<Decimal> {
        self.greatest_sums.get(&currency).copied()
    }

    /// The mechanism that a match stands for.
    pub fn mechanism_at(&self, number: u32) -> &Mechanism {
        &self.mechanisms[number as usize]
    }

    /// The cue that a match stands for.
    pub fn cue_at(&self, number: u32) -> Cue {
        self.cues[number as usize]
    }

    /// A country's own currency, where it is one of a group (`*dollar`).
    pub fn own_currency(&self, country: &str) -> Option<Currency> {
        let own = self.group_currencies.iter().filter(|((_, of), _)| of == country);
        own.map(|(_, currency)| *currency).min()
    }

    /// The currency that a group's name (`*dollar`) means when `donor` pays.
    pub fn group_currency(&self, group: &str, donor: Option<&str>) -> Option<Currency> {
        let of = |country: &str| {
            self.group_currencies.get(&(group.to_owned(), country.to_owned())).copied()
        };
        donor.and_then(of).or_else(|| of(""))
    }

    /// The name of an actor for people: the one that the lexicon marks as its standard name.
    pub fn actor_name(&self, code: &str) -> Option<&str> {
        self.actor_names.get(code).map(|place| self.actors[*place].form.as_str())
    }

    /// The nouns for materiel that consist of just these words.
    pub fn nouns(&self, name: &str) -> Vec<&Materiel> {
        let known = self.matcher.tokens(name, Span::new(0, name.len()));
        let hits = self.matcher.hits(&known);
        let whole = hits.into_iter().filter(|hit| hit.start == 0 && hit.end == known.len());
        let nouns = whole.filter_map(|hit| match self.matcher.form(hit.form).meaning {
            Meaning::Materiel(number) => Some(self.materiel_at(number)),
            _ => None,
        });
        nouns.collect()
    }

    /// The code of the actor that a person means by a code or a name, in any case.
    pub fn actor_code(&self, word: &str) -> Option<&str> {
        let named = |actor: &&ActorForm| {
            matches!(actor.kind, ActorKind::Name | ActorKind::Body)
                && actor.form.eq_ignore_ascii_case(word)
        };
        self.actors
            .iter()
            .find(|actor| actor.code.eq_ignore_ascii_case(word))
            .or_else(|| self.actors.iter().find(named))
            .map(|actor| actor.code.as_str())
    }
}
