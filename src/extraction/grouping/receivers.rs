//! Who receives what a telling names nobody for: the receiver that was named last, or the one of the whole article.

use super::{Group, Grouper, Telling};
use crate::extraction::routes::receivers_of_routes;
use crate::mentions::Sentence;
use crate::model::{Aid, Status};
use std::collections::BTreeSet;

impl Grouper<'_> {
    /// "Nepal is the oldest friend. In 2021, its army received": the receiver that was named last.
    fn receiver_named_last(&self, telling: &Telling, donors: &[String]) -> Option<String> {
        let from = telling.sentence.saturating_sub(2);
        // "Denmark gave Fiji boats in 2021. Norway will send 12 mortars": who only got something then.
        let past = |status: Status| status == Status::Past;
        let recalled = |code: &str| {
            let gets = |group: &&Group| group.recipients.iter().any(|known| known == code);
            let mut own = self.groups.iter().filter(gets).peekable();
            !past(telling.status.status)
                && own.peek().is_some()
                && own.all(|group| past(group.status().status))
        };
        let receives = |code: &&str| {
            self.document.receivers.contains_key(*code)
                && self.document.lexicon.can_receive(code)
                && !recalled(code)
                && !donors.iter().any(|donor| donor == code)
        };
        let named = |sentence: &Sentence| {
            let mut mentions = sentence.mentions.iter();
            mentions
                .find_map(|mention| self.document.actor_code(&mention.value).filter(receives))
                .map(str::to_owned)
        };
        self.document.sentences[from..=telling.sentence].iter().rev().find_map(named)
    }

    /// Without grammar: the one for whom alone its route is; the receiver that the document names most; where it tells of several, the one
    /// that the sentence or the ones right before it name.
    pub(super) fn default_recipients(&self, telling: &Telling, donors: &[String]) -> Vec<String> {
        let sentence = &self.document.sentences[telling.sentence];
        let of_routes: BTreeSet<&str> =
            receivers_of_routes(self.document.lexicon, sentence).collect();
        if let Some(code) = of_routes.first().filter(|_| of_routes.len() == 1)
            && !donors.iter().any(|donor| donor == code)
        {
            return vec![(*code).to_owned()];
        }
        let count = |code: &String| self.document.receivers.get(code).copied().unwrap_or(0);
        let main = self.document.main_recipient.as_ref();
        let rest = self.document.receivers.keys().filter(|code| Some(*code) != main);
        let others = rest.filter(|code| !donors.contains(code)).map(count).max().unwrap_or(0);
        if main.is_some_and(|main| count(main) < others * 2)
            && let Some(code) = self.receiver_named_last(telling, donors)
        {
            return vec![code];
        }
        self.document.main_recipient.iter().filter(|code| !donors.contains(code)).cloned().collect()
    }

    /// "The Fijian police has received trucks; on Friday Australia delivered rifles": things without a
    /// receiver of their own go to whom the things before went.
    pub(super) fn give_to_police(&self, telling: &mut Telling, recipients: &[String]) {
        let before = self.groups.iter().rfind(|group| group.recipients == recipients);
        let civil = before.is_some_and(|group| group.amount().is_none() && group.is_civil());
        if civil && telling.amount.is_none() {
            telling.aid = Aid::Humanitarian;
        }
    }
}
