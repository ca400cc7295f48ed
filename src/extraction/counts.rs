//! Who mostly gives and receives in an article, by how often it is told of each, or named.

use super::document::Document;
use crate::lexicon::Label;
use crate::mentions::{Mention, Sentence};
use std::collections::BTreeMap;

impl Document<'_> {
    /// The actor that is named most, where grammar shows no giver.
    pub(super) fn most_named(&self, except: Option<&str>) -> Option<String> {
        let mut counts = BTreeMap::new();
        // "a measure for Jordan": who is only named as a receiver gives nothing.
        let gives = |sentence: &Sentence, mention: &Mention| {
            let before = mention.tokens.start.checked_sub(1);
            !before.is_some_and(|at| sentence.is_any(&[Label::To, Label::For], at))
        };
        let named = self.sentences.iter().flat_map(|sentence| {
            sentence.mentions.iter().filter(move |mention| gives(sentence, mention))
        });
        for mention in named {
            if let Some(code) = self.actor_code(&mention.value)
                && self.lexicon.can_give(code)
                && !self.enemies.contains(code)
            {
                *counts.entry(code.to_owned()).or_insert(0) += 1;
            }
        }
        best_of(&counts, except)
    }

    /// Who receives where no grammar tells it: who is attacked, or who is named most beside the giver. A text that
    /// only tells how the attacked state strikes back tells of no receiver.
    pub(super) fn named_as_receiver(&self, donor: &str) -> Option<String> {
        let named = |code: &str| self.lexicon.is_attacked(code) && code != donor;
        let tells = |sentence: &&Sentence| {
            let mut mentions = sentence.mentions.iter();
            mentions.any(|mention| self.actor_code(&mention.value).is_some_and(named))
        };
        let Some(sentence) = self.sentences.iter().find(tells) else {
            return self.most_named(Some(donor)).filter(|code| self.lexicon.can_receive(code));
        };
        let mut codes =
            sentence.mentions.iter().filter_map(|mention| self.actor_code(&mention.value));
        let attacked = codes.find(|code| named(code))?;
        (!sentence.has(Label::Attack, &sentence.all())).then(|| attacked.to_owned())
    }
}

/// The giver and the receiver, two different actors, that are together counted most.
pub(super) fn best_pair(
    givers: &BTreeMap<String, i32>,
    receivers: &BTreeMap<String, i32>,
) -> (Option<String>, Option<String>) {
    let pairs = givers.iter().flat_map(|giver| receivers.iter().map(move |other| (giver, other)));
    let best = pairs.filter(|(giver, receiver)| giver.0 != receiver.0).max_by_key(
        |((giver, gives), (receiver, receives))| {
            (**gives + **receives, std::cmp::Reverse((giver.as_str(), receiver.as_str())))
        },
    );
    if let Some(((giver, _), (receiver, _))) = best {
        return (Some(giver.clone()), Some(receiver.clone()));
    }
    let receiver = best_of(receivers, None);
    (best_of(givers, receiver.as_deref()), receiver)
}

fn best_of(counts: &BTreeMap<String, i32>, except: Option<&str>) -> Option<String> {
    counts
        .iter()
        .filter(|(code, count)| Some(code.as_str()) != except && **count > 0)
        .max_by_key(|(code, count)| (**count, std::cmp::Reverse(code.as_str())))
        .map(|(code, _)| code.clone())
}
