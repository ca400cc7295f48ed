//! Who receives because the money is the giver's own: a sum in yen beside Malaysia, in an article on gifts of Japan.

use super::Telling;
use crate::extraction::document::Document;
use crate::lexicon::PartyKind;
use crate::model::Currency;

/// The money in which everybody gives.
const COMMON: [Currency; 2] = [Currency::USD, Currency::EUR];

/// The rule for who receives so.
const RECEIVES: &str = "recipient.subject";

/// "In 2023 it was Malaysia (400 million yen, rescue boats) and Fiji (400 million yen, patrol boats)": states take turns
/// with sums of the article's giver, and give nothing in its money. Whoever is at war is given by many.
pub(super) fn turn_round(document: &Document<'_>, tellings: &mut [Telling]) {
    let Some(giver) = document.main_donor.as_deref() else { return };
    let attacked = |code: &str| document.lexicon.is_attacked(code);
    if document.is_live || document.main_recipient.as_deref().is_none_or(attacked) {
        return;
    }
    for telling in tellings {
        let Some(amount) = &telling.amount else { continue };
        let coin = amount.value.currency;
        let parties = &mut telling.parties;
        let foreign = |code: &str| {
            code != giver
                && !coin.is_of(code)
                && document.lexicon.party_kind(code) == PartyKind::State
                && document.lexicon.can_receive(code)
        };
        let turned = coin.is_of(giver)
            && !COMMON.contains(&coin)
            && !parties.donors.is_empty()
            && parties.donors.iter().all(|party| foreign(&party.code))
            && parties.recipients.iter().all(|party| party.score <= 2);
        if turned {
            parties.recipients = std::mem::take(&mut parties.donors);
            parties.recipients.truncate(1);
            for party in &mut parties.recipients {
                (party.score, party.rule) = (4, RECEIVES);
            }
        }
    }
}
