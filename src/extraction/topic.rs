//! What a text is, and what it is about where it is not aid. Knows nothing of who gives and receives.

use crate::lexicon::{Grade, Label, Lexicon, Role};
use crate::mentions::{CueMention, Mention, Sentence, Value};
use crate::model::{Article, PublisherKind};
use crate::text::SegmentKind;

/// So many sentences at the beginning of a release may say that it is one.
const RELEASE_HEAD: usize = 6;

/// Whether an office publishes a text, as its head, its publisher's name or its address says.
pub(super) fn is_release(lexicon: &Lexicon, article: &Article, sentences: &[Sentence]) -> bool {
    let says_so = sentences.iter().take(RELEASE_HEAD).any(|sentence| {
        sentence.segment.kind != SegmentKind::Sentence
            && sentence.cues.iter().any(|c| c.label == Label::Release && !c.is(Grade::Live))
    });
    let head = sentences.iter().take(RELEASE_HEAD);
    let head = head.take_while(|sentence| sentence.segment.kind != SegmentKind::Sentence);
    let named = head
        .filter(|line| line.segment.kind != SegmentKind::Title && is_name(line, &article.text))
        .map(|line| line.segment.span.of(&article.text))
        .chain(article.publisher.as_deref())
        .find_map(|name| lexicon.named_publisher_kind(name));
    let address = article.source.url.as_deref().and_then(|url| lexicon.publisher_kind(url));
    let official = Some(PublisherKind::Official);
    says_so || named == official || address == official
}

/// Whether a line of the head is a name and tells nothing: each word is written with a capital, but for the
/// small ones, and none of them gives or counts.
fn is_name(line: &Sentence, text: &str) -> bool {
    let mut words = line.segment.span.of(text).split_whitespace();
    let is_small = |word: &str| word.chars().count() <= 3;
    !line.has(Label::Give, &line.all())
        && line.items.is_empty()
        && words.all(|word| is_small(word) || !word.starts_with(char::is_lowercase))
}

/// How often a text speaks of what is military: sentences with such words, and things.
pub(super) fn signs_of_arms(sentences: &[Sentence]) -> usize {
    let told = sentences.iter().filter(|s| s.segment.kind != SegmentKind::Meta);
    told.map(|sentence| {
        usize::from(sentence.has(Label::Military, &sentence.all()))
            + sentence.items.iter().filter(|item| item.role != Role::Vague).count()
    })
    .sum()
}

/// What the first sentences are about, where it is not aid: the topic with most words, where no
/// word speaks of giving.
pub(super) fn other_topic(lead: &[&Sentence]) -> Option<Label> {
    let count = |labels: &[Label]| -> usize {
        let told = |sentence: &&Sentence| {
            sentence.cues.iter().filter(|cue| labels.contains(&cue.label)).count()
        };
        lead.iter().map(told).sum()
    };
    // "Experts say that the need is great": nobody is named who asks, and nothing that is asked for.
    let asked = |sentence: &&&Sentence| {
        let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
        !sentence.items.is_empty() || sentence.mentions.iter().any(actor)
    };
    let askers: Vec<&Sentence> = lead.iter().filter(asked).copied().collect();
    let wishes = |label: Label| -> usize {
        let of =
            |sentence: &&Sentence| sentence.cues.iter().filter(|cue| cue.label == label).count();
        askers.iter().map(of).sum()
    };
    let answers = |sentence: &&&Sentence| sentence.cues.iter().any(|cue| sentence.is_answered(cue));
    let gifts: usize = count(&[Label::Give, Label::PackageNoun, Label::AidNoun])
        + lead.iter().filter(answers).count()
        + lead.iter().filter(|sentence| buys_for_somebody(sentence)).count();
    if count(&[Label::Loan]) > 0 && count(&[Label::Military]) == 0 {
        return Some(Label::Loan);
    }
    let topics = [
        (Label::Sale, count(&[Label::Sale])),
        (Label::Loan, count(&[Label::Loan])),
        (Label::Wish, wishes(Label::Wish) + wishes(Label::Request)),
        (Label::Lose, count(&[Label::Lose])),
        (Label::Private, count(&[Label::Private])),
    ];
    topics
        .into_iter()
        .filter(|(_, count)| *count > 0 && gifts == 0)
        .max_by_key(|(_, count)| *count)
        .map(|(label, _)| label)
}

/// Whether a text tells of trade and of nothing that is given: somebody buys, sells or has a contract, no word of it is
/// one of gifts, what is sent or supplied is so under a contract, and it names no route of aid and nobody who is
/// attacked. What is delivered in it was paid for by who gets it.
pub(super) fn is_of_trade(lexicon: &Lexicon, sentences: &[Sentence]) -> bool {
    let trades = |sentence: &Sentence| sentence.cues.iter().any(is_trade);
    // "Denmark will send 18 vehicles to the Kenyan army. It has ordered new ones."
    let gives = |sentence: &Sentence| {
        let all = sentence.all();
        sentence.has(Label::Gift, &all) || sentence.has(Label::Give, &all) && !trades(sentence)
    };
    let is_of_aid = |mention: &Mention| match &mention.value {
        Value::Mechanism(_) => true,
        Value::Actor(number) => lexicon.is_attacked(&lexicon.actor_at(*number).code),
        _ => false,
    };
    sentences.iter().any(trades)
        && !sentences.iter().any(gives)
        && !sentences.iter().flat_map(|sentence| &sentence.mentions).any(is_of_aid)
}

/// Whether a word tells that somebody buys, sells or has a contract; a deal may be on gifts.
pub(super) fn is_trade(cue: &CueMention) -> bool {
    match cue.label {
        Label::Sale => !cue.is(Grade::Deal),
        label => matches!(label, Label::SaleStrong | Label::Buy),
    }
}

/// "will buy 15 tanks for Ukraine": what is bought is for a state that is named behind it.
pub(super) fn buys_for_somebody(sentence: &Sentence) -> bool {
    let all = sentence.all();
    let Some(verb) = sentence.first(Label::Buy, &all) else { return false };
    // "has contracted 54 howitzers for Ukraine under a sale agreement"
    if sentence.has(Label::SaleStrong, &(verb.tokens.end..all.end)) {
        return false;
    }
    sentence.mentions_in(&(verb.tokens.end..all.end)).any(|mention| {
        let start = mention.tokens.start;
        // "for the armed forces of Moldova"
        let forces = start.checked_sub(1).filter(|at| sentence.is(Label::Of, *at));
        let forces = forces.and_then(|of| sentence.ending_at(Label::Forces, of));
        let start = forces.map_or(start, |forces| forces.tokens.start);
        let preposition = start.saturating_sub(2)..start;
        matches!(mention.value, Value::Actor(_)) && sentence.has(Label::For, &preposition)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_head_that_is_the_name_of_an_office_makes_a_release() {
        let lexicon = Lexicon::builtin();
        let releases = |head: &str| {
            let page = format!(
                "TITLE: Howitzers\nDATE: 2024-05-15\n{head}\n\nDenmark gives 19 howitzers.\n"
            );
            let hint = crate::text::Hint::default();
            let article = crate::text::read(page.as_bytes(), &hint).unwrap();
            let segments = crate::text::segment(&article);
            is_release(lexicon, &article, &crate::mentions::find(lexicon, &article, &segments))
        };
        for head in [
            "Danish Ministry of Defence",
            "Rt Hon John Healey MP, Secretary of State for Defence",
            "The White House, Briefing Room",
            "PUBLISHER: Government Offices of Sweden",
        ] {
            assert!(releases(head), "{head}");
        }
        for head in [
            "Nordic Defence Review",
            "Ministry of Defence under fire over howitzers",
            "Ministry of Defence Gives Ukraine Howitzers",
            "PUBLISHER: Reuters",
        ] {
            assert!(!releases(head), "{head}");
        }
    }
}
