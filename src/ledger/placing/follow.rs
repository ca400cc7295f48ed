//! What is to be placed anew once a claim leads a package, or leads it no more.

use super::{NOBODY, Placing, Result, Turn};
use crate::ledger::choose::Told;
use crate::ledger::matching;
use crate::ledger::store::{candidates, select};
use crate::ledger::traces::FOREMOST;
use crate::model::PackageId;

impl Placing<'_> {
    /// Puts those into the queue that are to be placed anew after a claim: those that a package which
    /// it leads now, or led, concerns, those that it led or leads now, and those of its article.
    pub(super) fn follow(
        &mut self,
        turn: &Turn,
        leads: bool,
        taken: Option<PackageId>,
    ) -> Result<()> {
        let mut after = Vec::new();
        if leads {
            after.extend(self.concerned(&turn.told, (&turn.rank, FOREMOST))?);
            for claim in candidates::at_the_edge(self.connection, &turn.told, &turn.rank)? {
                if let Some(stored) = select::continued(self.connection, claim)? {
                    let rank = select::rank(self.connection, claim)?;
                    // It was the last of these until now, or is it from now on.
                    after.extend(self.concerned(&stored.told(), (&rank, FOREMOST + 1))?);
                }
            }
            for home in turn.home.into_iter().chain(taken) {
                let here = select::claims_ranked(self.connection, home)?;
                // The first of the others leads now, or does no more.
                let others = here.iter().filter(|(rank, _)| *rank != turn.rank);
                self.loose.extend(others.min().map(|(_, claim)| *claim));
                after.extend(here);
            }
        }
        if let Some(article) = turn.article {
            after.extend(select::claims_after(self.connection, article, &turn.rank)?);
        }
        self.queue.extend(after.into_iter().filter(|(rank, _)| *rank > turn.rank));
        Ok(())
    }

    /// The claims that may be placed otherwise where this one comes or goes as a leader.
    fn concerned(
        &self,
        told: &Told,
        (rank, foremost): (&str, usize),
    ) -> Result<Vec<(String, u64)>> {
        let candidate = candidates::as_candidate(told, rank, NOBODY);
        let near = candidates::concerned(self.connection, told, (rank, foremost), self.exchange)?;
        let mut concerned = Vec::new();
        for near in near.into_iter().filter(|near| near.rank.as_str() > rank) {
            let stored = select::continued(self.connection, near.claim)?;
            if stored
                .is_some_and(|stored| matching::concerns(&stored.told(), &candidate, self.exchange))
            {
                concerned.push((near.rank, near.claim));
            }
        }
        Ok(concerned)
    }
}
