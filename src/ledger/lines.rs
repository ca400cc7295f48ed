//! The lines of a package: what its tellings name of things, each thing once. What one article calls "155mm
//! howitzers" another calls "howitzers"; what one article tells as two lines is two.

use super::choose::{Told, exactness, thing, weight};
use super::reach::{self, of_total};
use crate::model::{Bounds, Item, Status};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A line of a package, and the line of a claim that it was taken from: the claim's number and the
/// place in it; `None` where a person amended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) item: Item,
    pub(super) from: Option<(u64, usize)>,
}

/// Unites the lines of a package with those of a further telling: a thing that both name stays one
/// line with the better stated quantity, that of the whole before what was handed over, of two alike that
/// of the weightier telling; quantities are never summed. Two lines of one claim are two things. `known` are the tellings of the lines.
pub(super) fn unite(lines: &mut Vec<Line>, told: &Told, known: &[Told]) {
    let source = |line: &Line| {
        line.from.and_then(|(claim, _)| known.iter().find(|told| told.number == claim))
    };
    let weight_of = |line: &Line| {
        let told = source(line);
        (told_of(&line.item, told), told.map(weight))
    };
    let before = lines.clone();
    let count = lines.len();
    let mut met = BTreeSet::new();
    for (number, item) in told.claim.items.iter().enumerate() {
        let line = Line { item: item.clone(), from: Some((told.number, number)) };
        let same = (0..count).find(|place| {
            !met.contains(place)
                && thing(&lines[*place].item) == thing(item)
                && lines[*place].item.unit == item.unit
                && !source(&lines[*place]).is_some_and(|other| other.goes_on_with(told))
        });
        match same {
            Some(place) => {
                met.insert(place);
                let better = (told_of(item, Some(told)), Some(weight(told)));
                if better > weight_of(&before[place]) {
                    lines[place] = line;
                }
            }
            None => lines.push(line),
        }
    }
}

/// The lines of a package from all its tellings: those of each thing, then those of one under several names.
pub(super) fn of(tellings: &[Told]) -> Vec<Line> {
    let mut lines = Vec::new();
    for told in tellings {
        unite(&mut lines, told, tellings);
    }
    under_one_name(lines, tellings).into_iter().map(|named| named.line).collect()
}

/// By which names a line is told: the thing and the unit of each.
type Name = (String, Option<String>);

/// The names under which lines of a package are told that are one.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<BTreeSet<Name>>);

impl Names {
    /// Those of these tellings.
    pub(super) fn of(tellings: &[Told]) -> Self {
        let mut lines = Vec::new();
        for told in tellings {
            unite(&mut lines, told, tellings);
        }
        let all = under_one_name(lines, tellings).into_iter().map(|named| named.names);
        Self(all.filter(|names| names.len() > 1).collect())
    }

    /// Whether the two lines tell one thing.
    pub(super) fn are_one(&self, one: &Item, other: &Item) -> bool {
        let (one, other) = (name(one), name(other));
        one == other || self.0.iter().any(|names| names.contains(&one) && names.contains(&other))
    }
}

/// Whether an item is one of a kind that another line names.
pub(super) fn is_of_kind(exact: &Item, general: &Item) -> bool {
    kinship(general, exact).is_some_and(|kinship| kinship.by_class)
}

/// Whether some of these may be one thing under two names: then all tellings must be looked at.
pub(super) fn may_be_one(items: &[Item]) -> bool {
    let may_be =
        |one: &Item, other: &Item| name(one) != name(other) && kinship(one, other).is_some();
    items.iter().any(|one| items.iter().any(|other| may_be(one, other)))
}

fn name(item: &Item) -> Name {
    (thing(item), item.unit.clone())
}

/// A line with the names under which it is told, and by whom.
struct Named {
    line: Line,
    names: BTreeSet<Name>,
    articles: BTreeSet<(Option<u64>, u64)>,
    /// Whether its quantity is that of a handover, which may be a part.
    in_part: bool,
}

/// Puts lines together that tell one thing under different names, the more exact name first: what no article
/// tells as two lines, what is of one kind, and of which the numbers fit. Where several fit alike none does.
fn under_one_name(lines: Vec<Line>, tellings: &[Told]) -> Vec<Named> {
    let mut all: Vec<Named> = lines.into_iter().map(|line| named(line, tellings)).collect();
    let names: Vec<Name> = all.iter().map(|one| name(&one.line.item)).collect();
    let is_told_twice = |name: &Name| names.iter().filter(|other| *other == name).count() > 1;
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_cached_key(|place| {
        (Reverse(depth(&all[*place].line.item)), names[*place].clone())
    });
    let (mut heads, mut gone) = (Vec::<usize>::new(), BTreeSet::new());
    for place in order {
        if is_told_twice(&names[place]) {
            continue;
        }
        let fitting = |head: &&usize| all[**head].articles.is_disjoint(&all[place].articles);
        let mut found: Vec<(Fit, usize)> = heads
            .iter()
            .filter(fitting)
            .filter_map(|head| Some((fit(&all[place], &all[*head])?, *head)))
            .collect();
        found.sort_unstable();
        match found[..] {
            [(best, head), ref rest @ ..]
                if rest.first().is_none_or(|(other, _)| *other > best) =>
            {
                let (one, other) = (all[head].line.clone(), all[place].line.clone());
                all[head].line = better(one, other, tellings);
                let (names, articles) = (all[place].names.clone(), all[place].articles.clone());
                all[head].names.extend(names);
                all[head].articles.extend(articles);
                gone.insert(place);
            }
            _ => heads.push(place),
        }
    }
    let mut place = 0;
    all.retain(|_| {
        place += 1;
        !gone.contains(&(place - 1))
    });
    all
}

fn named(line: Line, tellings: &[Told]) -> Named {
    let own = name(&line.item);
    let tells = |told: &&Told| told.claim.items.iter().any(|item| name(item) == own);
    let origin = |told: &Told| (told.article, if told.article.is_some() { 0 } else { told.number });
    let articles = tellings.iter().filter(tells).map(origin).collect();
    let in_part =
        source(&line, tellings).is_some_and(|told| told.claim.status == Status::Delivered);
    Named { line, names: BTreeSet::from([own]), articles, in_part }
}

fn source<'a>(line: &Line, tellings: &'a [Told]) -> Option<&'a Told> {
    line.from.and_then(|(claim, _)| tellings.iter().find(|told| told.number == claim))
}

/// How exactly a thing is named: as a system, by a class far below its root, in many words.
fn depth(item: &Item) -> (bool, usize, usize, bool) {
    (item.system.is_some(), item.kinds.len(), words(&item.name).len(), item.unit.is_some())
}

/// The line under the more exact name, with the number, and where that stands, of the one whose number is told
/// better.
fn better(exact: Line, other: Line, tellings: &[Told]) -> Line {
    let weight_of = |line: &Line| {
        let told = source(line, tellings);
        (told_of(&line.item, told), told.map(weight))
    };
    if exact.item.quantity == other.item.quantity || weight_of(&exact) >= weight_of(&other) {
        return exact;
    }
    let Item { system, name, class, kinds, unit, .. } = exact.item;
    Line { item: Item { system, name, class, kinds, unit, ..other.item }, from: other.from }
}

/// How well two lines fit, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Named,
    Counted,
    Near,
}

/// How a line fits one that names the thing more exactly; `None` where it is another thing.
fn fit(general: &Named, exact: &Named) -> Option<Fit> {
    let kinship = kinship(&general.line.item, &exact.line.item)?;
    let numbers = (general.line.item.quantity, exact.line.item.quantity);
    let is_of_unit = general.line.item.unit == exact.line.item.unit;
    let (fits, is_equal) = match numbers {
        (Some(one), Some(other)) => {
            let (one_figure, other_figure) = (one.figure(), other.figure());
            let is_part = general.in_part && one_figure < other_figure
                || exact.in_part && other_figure < one_figure;
            (is_part || are_near(one, other), one_figure == other_figure)
        }
        // What is not counted adds nothing, and is one only by its words.
        _ => (kinship.in_words, false),
    };
    match kinship {
        Kinship { by_name: true, .. } if is_of_unit => Some(Fit::Named),
        _ if is_equal => Some(Fit::Counted),
        _ if fits && is_of_unit && kinship.by_class => Some(Fit::Near),
        _ => None,
    }
}

fn are_near(one: Bounds, other: Bounds) -> bool {
    reach::can_be_nothing(reach::less(of_total(one), of_total(other)))
}

/// What two names have in common that may mean one thing.
struct Kinship {
    /// Both are the same words but for their endings.
    by_name: bool,
    /// The one has all words of the other.
    in_words: bool,
    /// The class of the one is that of the other, or stands above it.
    by_class: bool,
}

/// Whether an item may be another one that is named more exactly, and by what.
fn kinship(general: &Item, exact: &Item) -> Option<Kinship> {
    let is_of = |class: &String| exact.class.as_ref() == Some(class) || exact.kinds.contains(class);
    let by_class = general.class.as_ref().is_some_and(is_of);
    if general.system.is_some() {
        // The same in another unit, or a mark of it: "20 Stinger missiles", "T-72M1" is a "T-72".
        let is_same = general.system == exact.system;
        let is_mark = by_class
            && exact.system.is_some()
            && words(&exact.name).starts_with(&words(&general.name));
        let found = Kinship { by_name: false, in_words: is_mark, by_class: is_mark };
        return (is_same || is_mark).then_some(found);
    }
    let is_unknown = general.class.is_none() || exact.class.is_none();
    if !by_class && !is_unknown {
        return None;
    }
    let (few, many) = (words(&general.name), words(&exact.name));
    let has = |all: &[String], word: &String| all.iter().any(|other| are_alike(word, other));
    let is_within = !few.is_empty() && few.iter().all(|word| has(&many, word));
    let by_name = is_within && exact.system.is_none() && many.iter().all(|word| has(&few, word));
    let told = words(&exact.text);
    let in_words = is_within || !few.is_empty() && few.iter().all(|word| has(&told, word));
    (by_class || in_words).then_some(Kinship { by_name, in_words, by_class })
}

/// The words and the numbers of a name: "155-mm howitzers" and "155mm howitzers" have the same.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for letter in name.chars() {
        let sort = letter.is_alphanumeric().then(|| letter.is_numeric());
        match (sort, words.last_mut()) {
            (None, _) => {}
            (_, Some(word)) if sort == last => word.extend(letter.to_lowercase()),
            _ => words.push(letter.to_lowercase().collect()),
        }
        last = sort;
    }
    words
}

/// Whether two words are one but for a short ending, as in the plural.
fn are_alike(one: &str, other: &str) -> bool {
    const STEM: usize = 4;
    const ENDING: usize = 3;
    let common = one.chars().zip(other.chars()).take_while(|(left, right)| left == right).count();
    let ends = |word: &str| word.chars().count() - common <= ENDING;
    one == other || common >= STEM && ends(one) && ends(other)
}

/// How well a quantity is told: that of the whole before what was handed over, which may be a part; then
/// that of a correction.
fn told_of(item: &Item, told: Option<&Told>) -> Option<(bool, u32, u8)> {
    let is_whole = told.is_none_or(|told| told.claim.status != Status::Delivered);
    let amends = told.map_or(0, |told| told.amends);
    item.quantity.map(|quantity| (is_whole, amends, exactness(quantity.qualifier())))
}
