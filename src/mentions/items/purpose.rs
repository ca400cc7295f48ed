//! What a thing is for: "kits for the disposal of explosives", "vehicles to tow guns". A general word
//! is an item by its purpose; of any other thing the purpose belongs to its words, not to its name.

use super::{Chunker, Phrase, names_materiel};
use crate::lexicon::{Label, Role};
use crate::text::SegmentKind;

/// So many words a purpose has at most.
const LONGEST: usize = 7;

impl Chunker<'_> {
    /// Takes in the words behind a phrase that say what it is for.
    pub(super) fn add_purpose(&self, phrase: &mut Phrase) {
        let general = phrase.role == Role::Vague;
        let thing = matches!(phrase.role, Role::Item | Role::Head) && !self.is_missile(phrase);
        let last = phrase.tokens.end - 1;
        let package = [Label::PackageNoun, Label::AidNoun, Label::Forces];
        let fires = phrase.role == Role::Ammunition
            && self.sentence.starting_at(Label::Against, phrase.tokens.end).is_some();
        // "spare parts to maintain guns, tanks and trucks", as an entry of a list; those "for" guns are joined
        // to them elsewhere.
        let serves = phrase.role == Role::Part
            && self.is_entry_of_list()
            && self.sentence.is(Label::To, phrase.tokens.end);
        if phrase.system.is_some()
            || !(general || thing || fires || serves)
            || self.sentence.is_any(&package, last)
        {
            return;
        }
        let Some(end) = self.purpose(phrase) else { return };
        if general || phrase.role == Role::Head && !phrase.described {
            phrase.role = Role::Item;
            phrase.described = true;
            phrase.core.end = end;
        }
        phrase.tokens.end = end;
    }

    fn purpose(&self, phrase: &Phrase) -> Option<usize> {
        let end = phrase.tokens.end;
        if self.sentence.is(Label::For, end) {
            let stop = self.stretch(end + 1)?;
            // "launchers for Patriot" are a part of it, and joined to it elsewhere.
            let bare = self.is_bare_head(phrase);
            let names = self.holds_thing(end + 1, stop);
            let fits = if phrase.role == Role::Vague { names } else { !(bare && names) };
            return fits.then_some(stop);
        }
        // "gear to defeat drones", "jammers against drones": what it is aimed at.
        let against = self.sentence.starting_at(Label::Against, end).map(|cue| cue.tokens.end);
        let bare = self.is_bare_head(phrase);
        let general = matches!(phrase.role, Role::Vague | Role::Ammunition) || bare;
        let against = against.filter(|_| general);
        let acts = self.sentence.is(Label::To, end).then(|| self.behind_verbs(end + 1)).flatten();
        let start = against.or(acts)?;
        let stop = self.stretch(start)?;
        let stop = if acts.is_some() { self.listed_objects(stop) } else { stop };
        self.holds_thing(start, stop).then_some(stop)
    }

    /// Where what is done to things begins behind its verbs: "integrate", "maintain, repair, and overhaul".
    fn behind_verbs(&self, start: usize) -> Option<usize> {
        let mut at = self.is_describing(start).then_some(start + 1)?;
        while let Some(next) = self.behind_link(at)
            && self.describes_at(next)
            && (self.sentence.is(Label::And, next - 1) || self.behind_link(next + 1).is_some())
        {
            at = next + 1;
        }
        Some(at)
    }

    /// "launchers, missiles, and radars with": the end of a list of things that something is done to. A
    /// sentence goes on with other gifts behind the first of them; not the entry of a list, nor where they
    /// are joined with something.
    fn listed_objects(&self, first: usize) -> usize {
        let mut stop = first;
        while let Some(next) = self.behind_link(stop)
            && let Some(end) = self.stretch(next).filter(|end| self.holds_thing(next, *end))
        {
            stop = end;
        }
        let with = self.sentence.is(Label::With, stop);
        let partners = with.then(|| self.behind_owner(stop + 1));
        let partners = partners.and_then(|start| self.stretch(start));
        if self.is_entry_of_list() || partners.is_some() { partners.unwrap_or(stop) } else { first }
    }

    fn is_entry_of_list(&self) -> bool {
        self.sentence.segment.kind == SegmentKind::Bullet
    }

    /// "Ukraine's": the token behind who owns what is named.
    fn behind_owner(&self, start: usize) -> usize {
        let owner = self.sentence.mention_at(start).filter(|_| self.is_actor(start));
        let end = owner.map_or(start, |owner| owner.tokens.end);
        end + usize::from(end > start && self.sentence.is(Label::Genitive, end))
    }

    /// The token behind a comma, "and", or both.
    pub(super) fn behind_link(&self, at: usize) -> Option<usize> {
        let comma = usize::from(self.sentence.is_sign(self.text, at, &[","]));
        let and = usize::from(self.sentence.is(Label::And, at + comma));
        (comma + and > 0).then_some(at + comma + and)
    }

    fn holds_thing(&self, start: usize, stop: usize) -> bool {
        self.sentence.mentions_in(&(start..stop)).any(names_materiel)
    }

    /// The end of a noun phrase that names neither people nor a time nor an actor.
    fn stretch(&self, start: usize) -> Option<usize> {
        let people = [Label::Counted, Label::Forces, Label::TimeUnit];
        let mut at = start;
        let mut stop = None;
        while at < self.sentence.tokens.len() && at - start < LONGEST {
            if self.sentence.is_any(&people, at) {
                break;
            }
            if let Some(mention) = self.sentence.mention_at(at) {
                if !names_materiel(mention) {
                    break;
                }
                at = mention.tokens.end;
                stop = Some(at);
            } else if self.is_describing(at) {
                at += 1;
                stop = Some(at);
            } else if self.sentence.is(Label::And, at) && self.sentence.is(Label::Definite, at + 1)
            {
                at += 2;
            } else if self.sentence.is_any(&[Label::Definite, Label::Indefinite, Label::Of], at) {
                at += 1;
            } else {
                break;
            }
        }
        // "for the army", "for six months", "for Ukrainian soldiers": who or when, no purpose.
        let blocked = self.sentence.is_any(&people, at);
        stop.filter(|_| !blocked)
    }
}
