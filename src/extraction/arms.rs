//! Whether a thing is of arms, and whether a sentence surely speaks of military aid.

use super::topic::buys_for_somebody;
use crate::lexicon::{ActorKind, Label, Lexicon, Role};
use crate::mentions::{CueMention, ItemMention, Mention, Sentence, Value};
use crate::text::SegmentKind;

/// Words that make a weapon beside them a gift or the contents of one.
const GIVING: [Label; 5] =
    [Label::Give, Label::Receive, Label::Arrive, Label::Include, Label::PackageNoun];

/// Within so many tokens behind a word of thanks stands for what they are.
const THANKED: usize = 9;

/// So many letters has "for".
const FOR: usize = 3;

/// The class of words for arms as such: "military aid", "equipment".
pub const AID_CLASS: &str = "equipment";

/// "military aid", "a package of weapons", a drawdown, or a weapon beside a verb of giving.
pub fn names_aid(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    if sentence.segment.kind == SegmentKind::Meta {
        return false;
    }
    let all = sentence.all();
    let named = sentence.cues.iter().filter(|cue| cue.label == Label::Military).any(|cue| {
        let near = cue.tokens.start.saturating_sub(5)..cue.tokens.end + 3;
        let before = cue.tokens.start.saturating_sub(4)..cue.tokens.start;
        let priced = sentence.mentions.iter().any(|mention| {
            matches!(mention.value, Value::Money(_))
                && before.contains(&(mention.tokens.end.saturating_sub(1)))
        });
        sentence.has_any(&[Label::AidNoun, Label::PackageNoun], &near)
            || cue.tokens.len() > 1
            || priced
    });
    let route = sentence.mentions.iter().any(|mention| match mention.value {
        // "will contribute 300 million to the ammunition initiative": a fund of nobody's own is help where
        // somebody gives to it.
        Value::Mechanism(number) => {
            let owned = lexicon.mechanism_at(number).donor.is_some();
            !mention.is_doubtful() && (owned || sentence.has(Label::Give, &all))
        }
        _ => false,
    });
    let weapon = sentence.items.iter().any(|item| {
        // "handed over military equipment worth $28 million", "10 million worth of weapons"
        let (start, end) = (item.tokens.start, item.tokens.end);
        let beside =
            [sentence.ending_at(Label::Worth, start), sentence.starting_at(Label::Worth, end)];
        // "gear for $13 million", "sports equipment" may be any gear.
        let kind = start.checked_sub(1).is_some_and(|at| {
            sentence.is_silent(at) && sentence.mention_at(at).is_none() && !sentence.is_any_sign(at)
        });
        let priced =
            !kind && beside.iter().flatten().any(|cue| sentence.span_of(&cue.tokens).len() > FOR);
        let named = sentence.has(Label::Military, &item.tokens) || priced && names_sum(sentence);
        let military = item.role == Role::Vague && named;
        military || is_arms(lexicon, item) || is_soldiers(lexicon, item)
    });
    let gives = || sentence.has_any(&GIVING, &all) || buys_for_somebody(sentence);
    // "thanked Spain for eight missiles"
    let thanked = || {
        sentence.cues.iter().filter(|cue| cue.label == Label::Thank).any(|cue| {
            let near = cue.tokens.end..cue.tokens.end + THANKED;
            sentence.has(Label::For, &near)
                && sentence.items.iter().any(|item| near.contains(&item.tokens.start))
        })
    };
    // "announced $125 million in assistance, with rockets", "military equipment worth 12 million"
    let help = || sentence.has(Label::AidNoun, &all) || names_sum(sentence);
    let helps = || sentence.has(Label::Announce, &all) && help();
    named || route || weapon && (gives() || helps() || thanked())
}

/// "donated eleven vehicles to the army", "a measure worth €12 million for the armed forces": what armed
/// forces are given is military, whatever it is.
pub(super) fn gives_to_forces(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    let all = sentence.all();
    let gives = [Label::Give, Label::Receive, Label::Arrive];
    let known =
        |item: &ItemMention| item.role != Role::Vague || item.class.as_deref() != Some(AID_CLASS);
    let thing = sentence.items.iter().any(|item| item.quantity.is_some() && known(item));
    let forces = names_forces(lexicon, sentence);
    let counted = thing && (forces || sentence.has(Label::Military, &all));
    let sum = sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)));
    let help = forces && sentence.has_any(&[Label::AidNoun, Label::PackageNoun], &all);
    let acts = sentence.has_any(&gives, &all);
    let announces = sentence.has_any(&[Label::Announce, Label::Will], &all);
    let told = sentence.segment.kind != SegmentKind::Meta;
    let funds = sum && (forces_that_get(lexicon, sentence) && acts || help && (acts || announces));
    told && (counted && acts || funds)
}

/// So many tokens behind a verb of giving, or behind "to", armed forces are given something: "to the Lebanese
/// Armed Forces", "gives Ukraine's army".
const OBJECT: usize = 3;

/// Whether armed forces stand where those stand who are given something: right behind a verb of giving, or
/// behind "to" or "for" that follows one.
fn forces_that_get(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    let all = sentence.all();
    let gives = |cue: &&CueMention| cue.label == Label::Give;
    let get = |start: usize| {
        let near = start.saturating_sub(OBJECT)..start;
        let verb = sentence.cues_in(&(0..start)).rfind(gives);
        let object = verb.is_some_and(|verb| verb.tokens.end + OBJECT >= start);
        let goal = verb.is_some() && sentence.has_any(&[Label::To, Label::For], &near);
        object || goal
    };
    let named = sentence.mentions.iter().filter(|mention| match mention.value {
        Value::Actor(number) => lexicon.actor_at(number).kind == ActorKind::Forces,
        _ => false,
    });
    let told = sentence.cues_in(&all).filter(|cue| cue.label == Label::Forces);
    let mut starts =
        named.map(|mention| mention.tokens.start).chain(told.map(|cue| cue.tokens.start));
    starts.any(get)
}

fn names_sum(sentence: &Sentence) -> bool {
    sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
}

/// "A $400 million package. It includes:", and below it lines with weapons.
pub(super) fn lists_arms_given(lexicon: &Lexicon, sentences: &[Sentence]) -> bool {
    let listed = |sentence: &Sentence| sentence.segment.kind == SegmentKind::Bullet;
    let opens = |sentence: &Sentence| {
        let package = [Label::Include, Label::PackageNoun];
        !listed(sentence) && sentence.has_any(&package, &sentence.all())
    };
    sentences.windows(2).any(|pair| {
        let arms = pair[1].items.iter().any(|item| is_arms(lexicon, item));
        listed(&pair[1]) && opens(&pair[0]) && arms
    })
}

/// "the army", "the Ghana Armed Forces": whether a sentence names armed forces.
pub(super) fn names_forces(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    let forces = |mention: &Mention| match mention.value {
        Value::Actor(number) => lexicon.actor_at(number).kind == ActorKind::Forces,
        _ => false,
    };
    sentence.has(Label::Forces, &sentence.all()) || sentence.mentions.iter().any(forces)
}

/// The classes of what only soldiers wear and use, beside arms.
const SOLDIERS: [&str; 4] = ["body-armour", "helmet", "night-vision", "counter-drone-equipment"];

/// Whether an item is what soldiers wear or use, and by its name no thing of civil life.
pub fn is_soldiers(lexicon: &Lexicon, item: &ItemMention) -> bool {
    let class = item.class.as_deref().filter(|_| !item.is_everyday);
    class.is_some_and(|class| SOLDIERS.iter().any(|above| lexicon.is_within(class, above)))
}

/// Whether an item is a named system or of a class of weapons, and by its name no thing of civil life.
pub fn is_arms(lexicon: &Lexicon, item: &ItemMention) -> bool {
    let weapon = is_weapon_class(lexicon, item.class.as_deref());
    item.system.is_some() || weapon && !item.is_everyday
}

/// Whether a class is one of weapons or ammunition, by its type in the Kiel tracker.
pub fn is_weapon_class(lexicon: &Lexicon, class: Option<&str>) -> bool {
    let kiel = class.and_then(|class| lexicon.class(class)).and_then(|class| class.kiel.as_deref());
    kiel.is_some_and(|kiel| !matches!(kiel, "Humanitarian" | "Military equipment"))
}
