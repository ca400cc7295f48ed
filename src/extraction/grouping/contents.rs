//! Unites the contents that several tellings give of one package.

use crate::extraction::document::Document;
use crate::lexicon::{Role, token::singular};
use crate::mentions::ItemMention;
use crate::model::{Bounds, Qualifier};
use rust_decimal::Decimal;

/// A loose figure means another that is off by no more than its share of one in so many.
const NEAR: u32 = 5;

/// Unites contents: the same thing told twice is one item, the more exact telling stays; a general
/// word for what is already listed ("the tanks") adds nothing.
pub(super) fn add_items(
    document: &Document<'_>,
    items: &mut Vec<ItemMention>,
    more: &[ItemMention],
) {
    // What one telling lists side by side are different things; only what another one told before
    // can be meant by a general word.
    let told = items.len();
    for item in more {
        let same = items.iter().position(|other| is_same_thing(document, other, item));
        let before = || &items[..told.min(items.len())];
        let counts_alone = |other: &ItemMention| more.len() == 1 && is_counted_by(other, item);
        let again = || {
            let again = |other| {
                is_told_again(document, other, item)
                    || is_reworded(document, other, item)
                    || is_restated(document, other, item)
                    || counts_alone(other)
            };
            before().iter().position(again)
        };
        let meant = || meant_by(document, before(), item);
        match same.or_else(again).or_else(meant) {
            Some(place) => {
                let other = &mut items[place];
                let system = other.system.is_some() && item.system.is_none();
                if system && other.quantity.is_none() || counts_alone(other) {
                    // "F-16s", then "it hands over 19 planes": the number is that of the system.
                    other.quantity = item.quantity;
                    continue;
                }
                let firmer = |bounds: Option<Bounds>| {
                    bounds.is_some_and(|bounds| bounds.qualifier() == Qualifier::Exact)
                };
                let finer = other.quantity.is_none() && item.quantity.is_some()
                    || firmer(item.quantity) && !firmer(other.quantity)
                    || other.quantity == item.quantity
                        && item.system.is_some()
                        && item.name.len() > other.name.len();
                if finer {
                    *other = item.clone();
                }
            }
            None if let Some(place) = counted_before(document, before(), item, more) => {
                // "14 tanks", then "the Challengers": the number is that of the system.
                let quantity = items[place].quantity;
                items[place] = ItemMention { quantity, ..item.clone() };
            }
            None if counts_told(document, before(), item) => {}
            None if is_general(document, &items[..told.min(items.len())], item, more.len()) => {}
            None => {
                let specific = item.system.is_some();
                let counted = item.quantity.is_some() && !item.name.contains(' ');
                let mut item = item.clone();
                let mut place = 0;
                items.retain(|other| {
                    place += 1;
                    // "artillery rounds", then "155mm artillery rounds"; "heavy artillery", then "heavy
                    // artillery pieces"
                    let begins = item.name.strip_prefix(other.name.as_str());
                    let longer = begins.is_some_and(|rest| rest.starts_with(' '));
                    let fired = plays(document, other) == Role::Ammunition;
                    let finer = specific && (!fired || other.role == item.role)
                        || longer
                        || item.name.len() > other.name.len()
                            && last_word(&other.name) == last_word(&item.name);
                    let meant = finer
                        && place <= told
                        && other.system.is_none()
                        && (other.quantity.is_none()
                            || is_single(other) && (is_single(&item) || other.unit.is_some()))
                        && is_sort_of(document, &item, other);
                    // "military trucks", then "five trucks"
                    let again = counted
                        && place <= told
                        && other.system.is_none()
                        && other.quantity.is_none()
                        && plays(document, other) == plays(document, &item)
                        && other.class == item.class
                        && last_word(&other.name) == last_word(&item.name);
                    if again {
                        item = ItemMention { quantity: item.quantity, ..other.clone() };
                        return false;
                    }
                    if meant {
                        item.quantity = item.quantity.or(other.quantity);
                    }
                    !meant
                });
                items.push(item);
            }
        }
    }
}

/// Whether two mentions name one thing: the same system or the same words, with quantities that
/// do not contradict; or one a version of the other in the same number.
pub(super) fn is_same_thing(document: &Document<'_>, one: &ItemMention, two: &ItemMention) -> bool {
    let (first, second) = (plays(document, one), plays(document, two));
    if first != second && [first, second].contains(&Role::Ammunition) {
        return false;
    }
    // "26 million rounds", "over 26 million rounds": the figure is the same.
    let figure = |item: &ItemMention| item.quantity.map(Bounds::figure);
    let quantities = figure(one) == figure(two) || one.quantity.is_none() || two.quantity.is_none();
    let same_class = one.class == two.class;
    let alike = same_class || is_sort_of(document, one, two) || is_sort_of(document, two, one);
    let system = |item: &ItemMention| {
        item.system.map(|number| document.lexicon.system_at(number).id.clone())
    };
    match (system(one), system(two)) {
        (Some(one_id), Some(two_id)) => {
            let version = is_version(&one_id, &two_id) || is_version(&two_id, &one_id);
            // "500 missiles of the Stinger type", "500 Stinger missiles"
            let counted =
                one_id == two_id && one.quantity.is_some() && one.quantity == two.quantity;
            quantities && alike && (one_id == two_id || version) || counted && !is_single(one)
        }
        (None, None) => {
            // "200 Canadian-made armoured vehicles", "200 armoured vehicles"
            let ends = one.name.ends_with(&two.name) || two.name.ends_with(&one.name);
            let counted = one.quantity.is_some() && figure(one) == figure(two) && !is_single(one);
            quantities && is_same_name(&one.name, &two.name) || counted && ends && same_class
        }
        _ => one.quantity.is_some() && one.quantity == two.quantity && same_class,
    }
}

/// "leopard-2a6" of "leopard-2", but not "g36" of "g3".
pub(super) fn is_version(id: &str, of: &str) -> bool {
    id.strip_prefix(of).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// "40 howitzer field artillery pieces", then "40 howitzers": in the same number and with fewer words,
/// or more.
fn is_told_again(document: &Document<'_>, one: &ItemMention, two: &ItemMention) -> bool {
    one.quantity.is_some()
        && one.quantity == two.quantity
        && !is_single(one)
        && are_alike(plays(document, one), plays(document, two))
        // "40 sniper rifles", then "the 40 rifles", but not "18 howitzers", then "18 vehicles to tow howitzers"
        && (is_sort_of(document, one, two)
            || is_sort_of(document, two, one)
            || root(document, one) == root(document, two)
                && last_word(&one.name) == last_word(&two.name))
        && (has_words_of(one, two) || has_words_of(two, one))
}

/// Whether all words of the second name are among those of the first.
fn has_words_of(one: &ItemMention, two: &ItemMention) -> bool {
    let words = |item: &ItemMention| -> Vec<String> {
        item.name.split_whitespace().map(in_singular).collect()
    };
    let first = words(one);
    words(two).iter().all(|word| first.contains(word))
}

/// "artillery ammunition rounds", then "various types of artillery ammunition": uncounted, of one class, and
/// all words of one among those of the other.
fn is_reworded(document: &Document<'_>, one: &ItemMention, two: &ItemMention) -> bool {
    let words = |item: &ItemMention| item.name.split_whitespace().count();
    let bare = |item: &ItemMention| {
        item.quantity.is_none()
            && item.system.is_none()
            && plays(document, item) == Role::Ammunition
    };
    bare(one)
        && bare(two)
        && (is_sort_of(document, one, two) || is_sort_of(document, two, one))
        && words(one).min(words(two)) > 1
        && (has_words_of(one, two) || has_words_of(two, one))
}

/// "more than 80 boats", then "84 boats"; "RG-31 carriers", then "about six RG-31s": the same name, or one
/// system under words for kinds of one sort, in numbers of which one may be the other.
fn is_restated(document: &Document<'_>, one: &ItemMention, two: &ItemMention) -> bool {
    let named = match (one.system, two.system) {
        (Some(first), Some(second)) => {
            first == second && root(document, one) == root(document, two)
        }
        (None, None) => {
            let sort = || is_sort_of(document, one, two) || is_sort_of(document, two, one);
            let fired = plays(document, one) == Role::Ammunition;
            is_same_name(&one.name, &two.name)
                || fired && sort() && fired_by(document, one) == fired_by(document, two)
        }
        _ => false,
    };
    let agree = match (one.quantity, two.quantity) {
        (Some(first), Some(second)) => may_mean(first, second) || may_mean(second, first),
        _ => true,
    };
    named && agree && plays(document, one) == plays(document, two)
}

/// The widest class that a thing is of.
fn root(document: &Document<'_>, item: &ItemMention) -> Option<String> {
    let line = document.lexicon.class_line(item.class.as_deref()?);
    line.last().map(|root| root.id.clone())
}

/// Whether a figure that is told loosely, "more than 80", may mean the other, and not only leave room for
/// it.
fn may_mean(loose: Bounds, told: Bounds) -> bool {
    let (figure, other) = (loose.figure(), told.figure());
    let near = (other - figure).abs() * Decimal::from(NEAR) <= figure;
    let side = match loose.qualifier() {
        Qualifier::Exact | Qualifier::Range => false,
        Qualifier::About => true,
        Qualifier::UpTo => other <= figure,
        Qualifier::MoreThan | Qualifier::AtLeast => other >= figure,
    };
    near && side
}

/// "small-arms ammunition", "small arms ammunition"; "drone", "drones"; "medical care equipment", "care
/// medical equipment"
fn is_same_name(one: &str, two: &str) -> bool {
    let letters = |name: &str| -> String {
        in_singular(name).chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let words = |name: &str| {
        let name = in_singular(name);
        let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    letters(one) == letters(two) || words(one) == words(two)
}

/// "artillery" of "artillery shells" and of "artillery ammunition": the words before those for ammunition
/// as such.
fn fired_by(document: &Document<'_>, item: &ItemMention) -> String {
    let name = in_singular(&item.name);
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let ammunition =
        |word: &&str| document.lexicon.nouns(word).iter().any(|noun| noun.role == Role::Ammunition);
    while words.last().is_some_and(ammunition) {
        words.pop();
    }
    words.join(" ")
}

/// The part that a thing plays: "105mm shells" are ammunition, whatever their last noun is by itself.
fn plays(document: &Document<'_>, item: &ItemMention) -> Role {
    let fired = item.class.as_deref().is_some_and(|class| document.lexicon.is_ammunition(class));
    if fired && matches!(item.role, Role::Item | Role::Head) { Role::Ammunition } else { item.role }
}

fn in_singular(name: &str) -> String {
    let name = name.to_lowercase();
    singular(&name).unwrap_or(name)
}

fn last_word(name: &str) -> String {
    name.rsplit(' ').next().unwrap_or_default().to_lowercase()
}

/// Whether a thing is told as one, or without a number.
fn is_single(item: &ItemMention) -> bool {
    item.quantity.is_none_or(|bounds| bounds.figure() == Decimal::ONE)
}

/// Which of the things told before a counted general word means: "19 planes" behind "F-16s", "a ship"
/// behind the name of one.
fn meant_by(document: &Document<'_>, told: &[ItemMention], item: &ItemMention) -> Option<usize> {
    let general = |special: &ItemMention, word: &ItemMention| {
        special.system.is_some()
            && word.system.is_none()
            && word.quantity.is_some()
            && word.name.split(' ').count() <= if is_single(word) { 3 } else { 2 }
            && plays(document, word) != Role::Ammunition
            && (special.quantity.is_none() || special.quantity == word.quantity)
            && is_sort_of(document, special, word)
    };
    let mut places = (0..told.len()).filter(|place| general(&told[*place], item));
    let first = places.next();
    first.filter(|_| places.next().is_none())
}

/// Which counted general word told before a system without a number names: "14 tanks", then "the
/// Challengers".
fn counted_before(
    document: &Document<'_>,
    told: &[ItemMention],
    item: &ItemMention,
    beside: &[ItemMention],
) -> Option<usize> {
    let counts = |other: &ItemMention| {
        other.system.is_none()
            && !is_single(other)
            && other.role != Role::Ammunition
            && (!other.name.contains(' ')
                || other.class == item.class && !document.lexicon.nouns(&other.name).is_empty())
            && is_sort_of(document, item, other)
            && beside.iter().filter(|one| is_sort_of(document, one, other)).count() == 1
    };
    let named = item.system.is_some() && item.quantity.is_none();
    let mut places = (0..told.len()).filter(|place| named && counts(&told[*place]));
    let first = places.next();
    first.filter(|_| places.next().is_none())
}

/// "High Speed Patrol Boats", then "two patrol boats": the noun with fewer words tells how many they are.
fn is_counted_by(named: &ItemMention, counted: &ItemMention) -> bool {
    let (name, general) = (named.name.to_lowercase(), counted.name.to_lowercase());
    named.quantity.is_none()
        && counted.quantity.is_some()
        && named.system.is_none()
        && counted.system.is_none()
        && named.class == counted.class
        && name.strip_suffix(&general).is_some_and(|before| before.ends_with(' '))
}

/// "a patrol boat and a landing craft", then "the two vessels": as many as the things told before it
/// that are of its kind.
fn counts_told(document: &Document<'_>, told: &[ItemMention], item: &ItemMention) -> bool {
    let kinds: Vec<&ItemMention> =
        told.iter().filter(|other| is_sort_of(document, other, item)).collect();
    let count = |other: &ItemMention| other.quantity.map_or(Decimal::ONE, Bounds::figure);
    let sum = kinds.iter().try_fold(Decimal::ZERO, |sum, other| sum.checked_add(count(other)));
    kinds.len() > 1
        && item.system.is_none()
        && item.quantity.is_some_and(|bounds| Some(bounds.figure()) == sum)
}

/// Whether an item without name and number only repeats what was told before: the same noun with
/// fewer words, or, where nothing else stands beside it, a word for its whole class.
fn is_general(
    document: &Document<'_>,
    items: &[ItemMention],
    item: &ItemMention,
    listed: usize,
) -> bool {
    item.system.is_none()
        && item.quantity.is_none()
        && item.tokens.len() <= 2
        && items.iter().any(|other| {
            let fired = plays(document, item) == Role::Ammunition;
            // "cluster munitions" are not what "ammunition for howitzers" means.
            let worded = !fired || !item.name.contains(' ') || has_words_of(other, item);
            let alone = listed == 1 && other.class != item.class;
            plays(document, other) == plays(document, item)
                && is_sort_of(document, other, item)
                && worded
                && (alone || last_word(&other.name) == last_word(&item.name))
        })
}

/// Whether the class of `special` is that of `general` or lies below it.
pub(in crate::extraction) fn is_kind_of(
    document: &Document<'_>,
    special: &ItemMention,
    general: &ItemMention,
) -> bool {
    is_below(document, special, general, special.role, general.role)
}

/// The same, where ammunition is ammunition whatever its last noun is by itself.
fn is_sort_of(document: &Document<'_>, special: &ItemMention, general: &ItemMention) -> bool {
    let (first, second) = (plays(document, special), plays(document, general));
    is_below(document, special, general, first, second)
}

fn is_below(
    document: &Document<'_>,
    special: &ItemMention,
    general: &ItemMention,
    first: Role,
    second: Role,
) -> bool {
    let Some(target) = general.class.as_deref() else { return false };
    are_alike(first, second)
        && special.class.as_deref().is_some_and(|class| document.lexicon.is_within(class, target))
}

/// Whether both are ammunition, both are parts, or both neither.
fn are_alike(first: Role, second: Role) -> bool {
    let served = |role| matches!(role, Role::Ammunition | Role::Part);
    first == second || !served(first) && !served(second)
}
