//! The values that grade cues, by name: what the README of the lexicon says of them, for the rules.

use super::{Cue, Label};
use rust_decimal::Decimal;

macro_rules! grades {
    ($($(#[doc = $doc:literal])+ $grade:ident = $label:ident $value:literal,)+) => {
        /// What the value of a cue says of it beyond its label.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Grade {
            $($(#[doc = $doc])+ $grade,)+
        }

        impl Grade {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$grade,)+];

            /// The label that it grades, and the value in the lexicon.
            pub const fn line(self) -> (Label, i64) {
                match self {
                    $(Self::$grade => (Label::$label, $value),)+
                }
            }
        }
    };
}

grades! {
    /// Ends the clause of the subject before it: "so that", "because".
    EndsClause = Clause 1,
    /// Opens a clause that only tells the time: "when".
    OpensTime = Clause 2,
    /// Opens a condition: "if".
    OpensCondition = Clause 3,
    /// Opens a clause that tells what happened at the place before it: "where".
    OpensPlace = Clause 5,
    /// Puts what was given before beside an act, where that is told as done: "after", "besides".
    Beside = Clause 4,
    /// Says whose it is: "its", "their".
    Possessive = Definite 1,
    /// Goes with what was named before: "associated", "corresponding".
    Associated = Definite 2,
    /// Points at what was told before the last: "that".
    Distal = Definite 3,
    /// The same, and at another than the one that is told of: "that one".
    DistalOther = Definite 4,
    /// For whom something is no more: "had been meant for".
    ForOnce = For 1,
    /// Gives only "with" something: "support".
    GivesWith = Give 3,
    /// Gives only with a complement: "make ... available".
    GivesCompleted = Give 4,
    /// Gives only by carrying a load to a state: "flew rifles to Kyiv".
    Carries = Give 5,
    /// Spends a sum that each of several gives: "are spending 200 million each".
    Spends = Give 6,
    /// Gives only with what goes, and to whom: "will pass 30 tanks to Ukraine".
    GivesTo = Give 7,
    /// Gives only what it has for another state: "has a new package for Ukraine".
    HasFor = Give 8,
    /// Gives only a sum with which a venture is joined: "joined the initiative with 40 million".
    PaysIn = Give 9,
    /// Received only what it has from another state: "has 20 mortars from Norway".
    HasFrom = Receive 1,
    /// Is done by two together, of whom one gives: "exchange notes on".
    Mutual = Announce 2,
    /// Lets go on what was held back: "resumed", "overrode the veto".
    Frees = Announce 3,
    /// Says of help that it lasts, not of how many years a sum is: "long-term".
    Lasts = Frame 1,
    /// The economy of which a share is spent: "gdp".
    OfEconomy = Frame 2,
    /// What is still to come of what was told: "remaining".
    Left = Share 1,
    /// Money that was set aside before: "the £3.5 billion fund".
    Fund = Venture 1,
    /// Says of the sum right before it that nobody has spent it yet: "remains".
    OfSumBefore = Remaining 1,
    /// What forces come for with their own arms: "for the exercise".
    ForDrill = OwnUse 2,
    /// Gives, and is no state: "volunteers", "a charity".
    PrivateGiver = Private 1,
    /// Does not want to do what follows: "reluctant to".
    ShiesFrom = Wish 1,
    /// Says of what follows that it was not done, or is not planned: "denied that it had".
    Denies = Wish 2,
    /// Says it to somebody: "told".
    SaysTo = Say 1,
    /// A plan that only tells when, where an office says it: "is set to".
    Scheduled = Expect 6,
    /// Comes to a place: "arrived in".
    ArrivesIn = Arrive 2,
    /// Comes itself, and takes no object: "five trucks came".
    Comes = Arrive 3,
    /// The same, only before the state to which it comes: "came to Kyiv".
    ComesTo = Arrive 4,
    /// The same, only where its clause ends behind it or goes on with a time: "18 more will follow".
    ComesLast = Arrive 7,
    /// Leaves the state that gave it for another: "left Oslo for Kyiv".
    Leaves = Arrive 6,
    /// Is held back itself, and takes no object: "shipments came to a halt".
    Stops = Withdraw 2,
    /// What somebody or something is able to do: "can".
    Ability = Would 1,
    /// What is only possible, whoever says so: "may".
    Possible = Would 2,
    /// Names whose words they are: "according to".
    Cites = Source 1,
    /// Stands right before who acts along: "joined".
    Joins = Joint 1,
    /// Can be given things itself: "border guard".
    Keeps = Civil 1,
    /// Opens what was done before the act: "having".
    Having = Have 1,
    /// Says that a text is told hour by hour: "live updates".
    Live = Release 1,
    /// Buys only by a contract: "signed a $40 million contract for".
    BuysByContract = Buy 4,
    /// The same, as what is no gift by itself.
    TradesByContract = Trade 4,
    /// Buys: a gift where the receiver is another.
    Buys = Sale 1,
    /// Is signed with who makes a thing: "contract".
    Contract = Sale 2,
    /// Is ordered from who makes it: "contracted", "under contract".
    Contracted = Sale 3,
    /// Is said of gifts too: "deal".
    Deal = Sale 4,
    /// Makes up for a gift to another, and is a gift too: "in return".
    InReturn = Replacement 1,
    /// Stands for a state in another one, or may: "ambassador", "ministers" who meet there.
    Abroad = Office 1,
    /// An office with its seat in the capital: "government", "ministry".
    Seated = Office 2,
    /// Gives each of those named the figure in its place: "respectively".
    Paired = Aside 1,
    /// The first one is a part of a whole: "first batch".
    PartOfWhole = SequenceNoun 1,
    /// A share of a whole that was told, wherever that was: "of this sum".
    OfTold = Share 1,
    /// Says what an earlier text got wrong: "an earlier version of this article".
    Notice = Corrected 1,
    /// Heads a text that corrects an earlier one: "correction:".
    HeadsNotice = Corrected 2,
    /// Another package, whatever was told of the one before: "in a separate decision".
    Apart = Separate 1,
    /// Beside what things are worth, the parts of one gift: "worth 320 million in all".
    InAll = TotalAfter 1,
    /// Only that an act is done by now: "already".
    Done = TotalAfter 2,
}

impl Grade {
    /// Whether a cue of this label and value has the grade.
    pub fn grades(self, label: Label, value: Option<Decimal>) -> bool {
        let (own, number) = self.line();
        own == label && value == Some(Decimal::from(number))
    }

    /// Whether a line of the lexicon has the grade.
    pub fn is_of(self, cue: &Cue) -> bool {
        self.grades(cue.label, cue.value)
    }
}
