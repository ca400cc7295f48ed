//! What the rest of an article, or its page before it was changed, says of a claim.

use super::{Placing, Result, Turn};
use crate::ledger::store::select;
use crate::model::{Claim, Placement};

impl Placing<'_> {
    /// The same, unless it is doubtful for what the page told after it was changed: what it told first
    /// stands until a person takes the change for it.
    fn before_later(&self, article: u64, placement: Placement) -> Result<Placement> {
        let Placement::Doubtful { package: Some(package), .. } = placement else {
            return Ok(placement);
        };
        let mut version = select::version_after(self.connection, article)?;
        while let Some(later) = version {
            let told = select::told_by(self.connection, later)?;
            if told.iter().any(|(other, _)| *other == package) {
                let reason = "told before its page was changed".to_owned();
                return Ok(Placement::New { reason });
            }
            version = select::version_after(self.connection, later)?;
        }
        Ok(placement)
    }

    /// The same, unless what is no further telling may be one that the same page told before it was changed, and
    /// tells no more: a corrected sum is no second package, and only a person can tell that it is one.
    pub(super) fn beside_earlier(&self, turn: &Turn, placement: Placement) -> Result<Placement> {
        let open = !matches!(placement, Placement::Further { .. });
        let Some(article) = turn.article.filter(|_| open) else { return Ok(placement) };
        let placement = self.before_later(article, placement)?;
        let Some(earlier) = select::version_before(self.connection, article)? else {
            return Ok(placement);
        };
        let now: Vec<Claim> = select::claims_said(self.connection, article)?;
        let is_same = |told: &Claim, claim: &Claim| {
            told.donors == claim.donors && told.recipients == claim.recipients
        };
        for (package, told) in select::told_by(self.connection, earlier)? {
            let again = now.iter().any(|now| is_same(&told, now) && told.amount == now.amount);
            if !again && is_same(&told, &turn.told.claim) {
                let reason =
                    format!("may be {package}, which this page told before it was changed");
                return Ok(Placement::Doubtful { package: Some(package), reason });
            }
        }
        Ok(placement)
    }
}
