//! A package as it is written down, in words that are borrowed from where they stand: what is only
//! handed on, by the million, needs neither numbers nor texts of its own.

use super::fields::{Damaged, Fields};
use super::{
    Aid, Amount, BadBounds, Bounds, CivilDate, Item, Package, PackageId, Qualifier, Span, Stage,
    Standing,
};
use crate::model::package::PackageSource;
use std::error::Error;
use std::str::FromStr;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A figure with its ends in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends<'a> {
    /// The low end, where it is stated.
    pub low: Option<&'a str>,
    /// The high end, where it is stated.
    pub high: Option<&'a str>,
    /// How firmly it is stated, as [`Qualifier`] spells it.
    pub qualifier: &'a str,
    /// Of what: the currency of a sum, the unit of a number of things.
    pub of: Option<&'a str>,
}

/// A line of materiel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The lexicon's id of the system.
    pub system: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// The words of the text.
    pub text: &'a str,
    /// Its class.
    pub class: Option<&'a str>,
    /// How many, with their unit.
    pub quantity: Option<Ends<'a>>,
    /// The unit alone, which may stand without a number.
    pub unit: Option<&'a str>,
    /// Where it stands in the article: the first byte, and that after the last.
    pub place: [&'a str; 2],
}

/// An article that tells a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Teller<'a> {
    /// The SHA-256 of its bytes; none where it was entered by hand.
    pub article: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When.
    pub published: Option<&'a str>,
    /// Where it was read.
    pub location: Option<&'a str>,
}

/// Words that prove a field of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof<'a> {
    /// The field, as [`super::Evidence`] names it.
    pub field: &'a str,
    /// Where they stand in the article.
    pub span: Span,
    /// The words.
    pub quote: &'a str,
    /// The rule that read them.
    pub rule: &'a str,
}

/// What of a package decides whether it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merits<'a> {
    /// What was decided of it.
    pub standing: Standing,
    /// The kind of help.
    pub aid: Aid,
    /// How far it has come.
    pub stage: Stage,
    /// The day of announcement, as far as known.
    pub announced: Option<CivilDate>,
    /// Who receives.
    pub recipients: Codes<'a>,
    /// Whether it is told what is in it.
    pub has_items: bool,
}

/// A list of actors, as it is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes<'a> {
    /// Codes with commas between them.
    Joined(&'a str),
    /// A code each.
    Apart(&'a [String]),
}

/// A package with its lines and those that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folio<'a> {
    /// Its number.
    pub id: PackageId,
    /// Who gives: codes with commas between them.
    pub donors: &'a str,
    /// Who receives, likewise.
    pub recipients: &'a str,
    /// The day of announcement, as far as known.
    pub announced: Option<&'a str>,
    /// Its value.
    pub amount: Option<Ends<'a>>,
    /// The kind of help.
    pub aid: &'a str,
    /// How far it has come.
    pub stage: &'a str,
    /// The legal or budget route.
    pub mechanism: Option<&'a str>,
    /// Its number in a sequence.
    pub sequence: Option<&'a str>,
    /// Whether it counts.
    pub standing: &'a str,
    /// Whether anything is told to be in it.
    pub has_items: bool,
    /// What is in it, where it was asked for.
    pub items: Lines<'a>,
    /// Who tells it, likewise.
    pub sources: Tellers<'a>,
}

/// The lines of a package, read as they are needed: system, name, class, low and high end, qualifier, unit,
/// words, and both ends of their place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lines<'a>(pub Fields<'a>);

/// Those that tell a package, likewise: article, title, publisher, day and place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tellers<'a>(pub Fields<'a>);

impl<'a> Lines<'a> {
    /// Each of them, up to the first that cannot be read.
    pub fn each(self) -> impl Iterator<Item = std::result::Result<Line<'a>, Damaged>> {
        self.0.each(Line::read)
    }
}

impl<'a> Tellers<'a> {
    /// Each of them, up to the first that cannot be read.
    pub fn each(self) -> impl Iterator<Item = std::result::Result<Teller<'a>, Damaged>> {
        self.0.each(Teller::read)
    }

    /// Where each was read, as far as known.
    pub fn places(self) -> impl Iterator<Item = std::result::Result<&'a str, Damaged>> {
        self.each().filter_map(|teller| teller.map(|teller| teller.location).transpose())
    }
}

impl<'a> Line<'a> {
    #[inline]
    fn read(fields: &mut Fields<'a>) -> std::result::Result<Self, Damaged> {
        let (system, name, class) = (fields.field()?, fields.text()?, fields.field()?);
        let (quantity, unit) = Ends::read(fields)?;
        let (text, place) = (fields.text()?, [fields.text()?, fields.text()?]);
        Ok(Self { system, name, text, class, quantity, unit, place })
    }
}

impl<'a> Teller<'a> {
    #[inline]
    fn read(fields: &mut Fields<'a>) -> std::result::Result<Self, Damaged> {
        Ok(Self {
            article: fields.field()?,
            title: fields.field()?,
            publisher: fields.field()?,
            published: fields.field()?,
            location: fields.field()?,
        })
    }
}

impl<'a> Ends<'a> {
    /// Low and high end, qualifier, and of what, which may stand without a number.
    #[inline]
    pub fn read(
        fields: &mut Fields<'a>,
    ) -> std::result::Result<(Option<Self>, Option<&'a str>), Damaged> {
        let (low, high, qualifier) = (fields.field()?, fields.field()?, fields.field()?);
        let of = fields.field()?;
        Ok((qualifier.map(|qualifier| Ends { low, high, qualifier, of }), of))
    }
}

impl Ends<'_> {
    /// Its ends and how firmly they are stated, as numbers.
    pub fn bounds(&self) -> Result<Bounds> {
        let end = |end: Option<&str>| end.map(str::parse).transpose();
        let found: std::result::Result<Bounds, BadBounds> =
            Bounds::new(end(self.low)?, end(self.high)?, self.qualifier.parse::<Qualifier>()?);
        Ok(found?)
    }
}

impl Codes<'_> {
    /// Whether one of them is among these.
    pub fn is_any_of(self, wanted: &[String]) -> bool {
        let is_wanted = |code: &str| wanted.iter().any(|wanted| wanted == code);
        match self {
            Self::Joined(text) => text.split(',').any(is_wanted),
            Self::Apart(all) => all.iter().any(|code| is_wanted(code)),
        }
    }
}

impl Package {
    /// What of it decides whether it counts.
    pub fn merits(&self) -> Merits<'_> {
        Merits {
            standing: self.standing,
            aid: self.aid,
            stage: self.stage,
            announced: self.announced,
            recipients: Codes::Apart(&self.recipients),
            has_items: !self.items.is_empty(),
        }
    }
}

impl Folio<'_> {
    /// What of it decides whether it counts.
    pub fn merits(&self) -> Result<Merits<'_>> {
        Ok(Merits {
            standing: self.standing.parse()?,
            aid: self.aid.parse()?,
            stage: self.stage.parse()?,
            announced: parsed(self.announced)?,
            recipients: Codes::Joined(self.recipients),
            has_items: self.has_items,
        })
    }

    /// The package as the model has it.
    pub fn package(&self) -> Result<Package> {
        let amount = match self.amount {
            Some(ends) => Some(Amount {
                bounds: ends.bounds()?,
                currency: ends.of.unwrap_or_default().parse()?,
            }),
            None => None,
        };
        Ok(Package {
            id: self.id,
            donors: codes(self.donors),
            recipients: codes(self.recipients),
            announced: parsed(self.announced)?,
            amount,
            aid: self.aid.parse()?,
            stage: self.stage.parse()?,
            mechanism: owned(self.mechanism),
            sequence: parsed(self.sequence)?,
            items: self.items.each().map(|line| item(&line?)).collect::<Result<_>>()?,
            standing: self.standing.parse()?,
            sources: self.sources.each().map(|teller| source(&teller?)).collect::<Result<_>>()?,
        })
    }
}

fn item(line: &Line) -> Result<Item> {
    let [start, end] = line.place;
    Ok(Item {
        system: owned(line.system),
        name: line.name.to_owned(),
        text: line.text.to_owned(),
        class: owned(line.class),
        kinds: Vec::new(),
        quantity: line.quantity.map(|ends| ends.bounds()).transpose()?,
        unit: owned(line.unit),
        evidence: Span::new(start.parse()?, end.parse()?),
    })
}

fn source(teller: &Teller) -> Result<PackageSource> {
    Ok(PackageSource {
        article: teller.article.unwrap_or_default().to_owned(),
        title: owned(teller.title),
        publisher: owned(teller.publisher),
        published: parsed(teller.published)?,
        location: owned(teller.location),
    })
}

/// A list of codes with commas between them.
pub fn codes(text: &str) -> Vec<String> {
    text.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn parsed<T: FromStr>(text: Option<&str>) -> Result<Option<T>>
where
    T::Err: Error + Send + Sync + 'static,
{
    Ok(text.map(str::parse).transpose()?)
}
