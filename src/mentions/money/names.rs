//! The names of currencies around a number.

use super::{Finder, MoneyCurrency};
use crate::lexicon::token::TokenKind;
use crate::mentions::Value;

impl Finder<'_> {
    /// The currency that begins at a token: as a symbol or code before a number, or as a name.
    pub(super) fn currency_at(
        &self,
        at: usize,
        before_number: bool,
    ) -> Option<(MoneyCurrency, usize)> {
        // Names come in order of their beginning.
        let from = self.names.partition_point(|name| name.tokens.start < at);
        self.names[from..]
            .iter()
            .take_while(|name| name.tokens.start == at)
            .filter_map(|name| {
                let Value::Currency(number) = name.value else { return None };
                let form = self.lexicon.currency_at(number);
                if before_number && !form.symbol {
                    return None;
                }
                Some((MoneyCurrency::of(form), name.tokens.end))
            })
            .max_by_key(|(_, end)| *end)
    }

    /// Whether the name of a currency there means something else too: "pound".
    pub(super) fn is_ambiguous(&self, at: usize) -> bool {
        let from = self.names.partition_point(|name| name.tokens.start < at);
        let mut names = self.names[from..].iter().take_while(|name| name.tokens.start == at);
        names.all(|name| name.rule == "ambiguous" || !matches!(name.value, Value::Currency(_)))
    }

    /// "Nepali rupees (NR) 28 crore": a currency by its name, with the abbreviation in brackets behind it.
    pub(super) fn abbreviated_at(&self, at: usize) -> Option<(MoneyCurrency, usize)> {
        let (currency, end) = self.currency_at(at, false)?;
        let sign = |at: usize, sign: &str| self.sentence.is_sign(self.text, at, &[sign]);
        let word = self.sentence.tokens.get(end + 1)?.token.kind == TokenKind::Word;
        (word && sign(end, "(") && sign(end + 2, ")")).then_some((currency, end + 3))
    }
}
