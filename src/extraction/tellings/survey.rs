//! A survey of gifts goes from receiver to receiver: of which one each sentence speaks, so that what it
//! tells without naming one is told of that one: "Its army also got", "A second followed in 2013".

use super::{Telling, parties};
use crate::extraction::document::Document;
use crate::extraction::parties::Party;
use crate::lexicon::{Inflection, Label, PartyKind};
use crate::mentions::{Mention, Sentence};
use crate::text::SegmentKind;

/// So many tokens into a sentence stands who opens it: "On land, Nepal is the oldest friend".
const OPENING: usize = 4;

/// So many sentences of other paragraphs go on with a receiver that grammar named.
const CARRIES: usize = 3;

/// The verbs that tell of an act.
const ACTS: [Label; 4] = [Label::Give, Label::Receive, Label::Arrive, Label::Announce];

/// The rule for who receives because the text speaks of it.
const RULE: &str = "recipient.spoken-of";

/// The receiver of which each sentence speaks, by its number.
pub(in crate::extraction) struct Survey {
    receivers: Vec<Option<Party>>,
}

impl Survey {
    /// Of a document, read once.
    pub(in crate::extraction) fn of<'d>(document: &'d Document<'_>) -> &'d Self {
        document.survey.get_or_init(|| Self::read(document))
    }

    /// Of a document; one on a state at war is about that state, whoever else is named in it.
    fn read(document: &Document<'_>) -> Self {
        let mut receivers = vec![None; document.sentences.len()];
        let main = document.main_recipient.as_deref();
        if document.is_live || main.is_none_or(|code| document.lexicon.is_attacked(code)) {
            return Self { receivers };
        }
        let mut spoken: Option<(Party, usize)> = None;
        for (index, sentence) in document.sentences.iter().enumerate() {
            match sentence.segment.kind {
                SegmentKind::Meta | SegmentKind::Title => continue,
                SegmentKind::Heading => spoken = None,
                _ => {}
            }
            let same_block =
                |place: &usize| document.sentences[*place].segment.block == sentence.segment.block;
            if let Some(party) = named(document, sentence).or_else(|| opens(document, index)) {
                spoken = Some((party, index));
            } else {
                spoken = spoken.filter(|(party, place)| {
                    same_block(place) || party.score >= 3 && place + CARRIES >= index
                });
            }
            receivers[index] = spoken.as_ref().map(|(party, _)| party.clone());
        }
        Self { receivers }
    }

    /// Names the receiver to the acts of a sentence whose own words name none.
    pub(super) fn label(&self, document: &Document<'_>, tellings: &mut [Telling]) {
        for telling in tellings.iter_mut().filter(|t| !t.is_title && !t.refers_back && !t.goes_on) {
            let sentence = &document.sentences[telling.sentence];
            let all = sentence.all();
            if sentence.has_any(&ACTS, &all) || sentence.has(Label::PackageNoun, &all) {
                self.name_receiver(document, telling);
            }
        }
    }

    /// Names the receiver to an act that names none itself.
    pub(in crate::extraction) fn name_receiver(
        &self,
        document: &Document<'_>,
        telling: &mut Telling,
    ) {
        let Some(party) = &self.receivers[telling.sentence] else { return };
        let sentence = &document.sentences[telling.sentence];
        let parties = &mut telling.parties;
        let open = parties.recipients.iter().all(|known| known.score < 2)
            && parties.donors.iter().all(|known| known.code != party.code || known.score < 2);
        let gives = party.rule == RULE && gives_by_pronoun(document, sentence);
        if open && !gives {
            parties.donors.retain(|known| known.code != party.code);
            parties.recipients.insert(0, Party { score: 2, rule: RULE, ..party.clone() });
        }
    }
}

/// Whom the grammar of a sentence names last as receiver.
fn named(document: &Document<'_>, sentence: &Sentence) -> Option<Party> {
    let found = parties::in_range(document, sentence, &sentence.all());
    let giver = document.main_donor.as_deref();
    let firm = found.recipients.into_iter().filter(|party| party.score >= 2);
    firm.filter(|party| giver != Some(party.code.as_str())).max_by_key(|party| party.tokens.start)
}

/// The state that opens a sentence, where it is one of those that receive, or its paragraph says that it
/// does: "Seychelles has been a regular recipient. It was given a patrol vessel".
fn opens(document: &Document<'_>, index: usize) -> Option<Party> {
    let sentence = &document.sentences[index];
    let mention = sentence.mentions.iter().find(|m| document.actor_code(&m.value).is_some())?;
    let code = document.actor_code(&mention.value).filter(|_| mention.tokens.start <= OPENING)?;
    // "Other neighbors of Russia have received": who is only named with them opens nothing.
    let start = mention.tokens.start;
    let start = start - usize::from(start > 0 && sentence.is(Label::Definite, start - 1));
    let topic = sentence.ending_at(Label::Topic, start).is_some();
    let before = start.checked_sub(1);
    if before.is_some_and(|at| sentence.is(Label::Of, at)) && !topic {
        return None;
    }
    // "With Mongolia, notes on 1.3 billion yen were exchanged", "For the Maldives, a boat is being built"
    let with = before == Some(0) && sentence.is_any(&[Label::With, Label::For, Label::To], 0);
    // "Under notes exchanged in Manila": where an accord is made with who receives.
    let signed = before.is_some_and(|at| {
        let near = 0..at;
        sentence.is(Label::In, at) && sentence.has_any(&[Label::Accord, Label::Announce], &near)
    });
    let comma = sentence.is_sign(&document.article.text, mention.tokens.end, &[","]);
    let fronted = comma && (topic || with);
    let receives = document.receivers.get(code).copied().unwrap_or(0);
    let mostly = receives > document.givers.get(code).copied().unwrap_or(0);
    let gives = !mostly
        && document.sentences.iter().any(|sentence| {
            let found = parties::in_range(document, sentence, &sentence.all());
            found.donors.iter().any(|party| party.code == code && party.score >= 3)
        });
    let other = document.main_donor.as_deref() != Some(code) && !document.enemies.contains(code);
    let attacked = document.lexicon.is_attacked(code);
    let told =
        fronted || signed || attacked || receives > 0 || receives_behind(document, index, code);
    (is_state(document, code) && other && !gives && told).then(|| Party {
        code: code.to_owned(),
        span: mention.span,
        tokens: mention.tokens.clone(),
        score: 2,
        rule: RULE,
    })
}

/// "Taiwan is a donor, too. It delivered two helicopters": who is spoken of gives.
fn gives_by_pronoun(document: &Document<'_>, sentence: &Sentence) -> bool {
    let opening = 0..OPENING + 1;
    // "It delivered": a verb of arriving, too.
    let first = sentence.cues_in(&opening).find(|cue| ACTS.contains(&cue.label));
    let mut verbs = first.into_iter().flat_map(|first| sentence.cues_in(&first.tokens));
    let verb = verbs.find(|cue| cue.label == Label::Give);
    let active = verb.is_some_and(|verb| !parties::is_passive(document, sentence, verb));
    active && sentence.is(Label::It, 0)
}

/// Whether the rest of the paragraph has a verb of receiving before it names somebody else.
fn receives_behind(document: &Document<'_>, index: usize, code: &str) -> bool {
    let block = document.sentences[index].segment.block;
    let rest = document.sentences[index..].iter().take_while(|s| s.segment.block == block);
    let other = |mention: &Mention| {
        let named = document.actor_code(&mention.value).filter(|named| *named != code);
        let giver = document.main_donor.as_deref();
        named.is_some_and(|named| is_state(document, named) && Some(named) != giver)
    };
    let own = |sentence: &&Sentence| !sentence.mentions.iter().any(other);
    let receives = |sentence: &Sentence| {
        sentence.cues.iter().any(|cue| {
            cue.label == Label::Receive
                || cue.label == Label::Give
                    && cue.inflection == Inflection::Participle
                    && parties::is_passive(document, sentence, cue)
        })
    };
    rest.take_while(own).any(receives)
}

fn is_state(document: &Document<'_>, code: &str) -> bool {
    document.lexicon.party_kind(code) == PartyKind::State && document.lexicon.can_receive(code)
}
