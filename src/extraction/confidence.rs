//! How likely a claim is to be right, from features that are written down.

use super::grouping::Group;
use crate::model::{Aid, Confidence, Status};

/// Judges a group. Each feature adds or takes thousandths; the sum is kept within 50 and 990.
pub fn judge(group: &Group) -> Confidence {
    let has_sum = group.amount().is_some();
    let mut score: i32 = 550;
    score += if group.donor_is_explicit { 150 } else { -100 };
    score += if has_sum { 120 } else { -60 };
    score += if group.in_title { 120 } else { 0 };
    score += if group.tellings.len() > 1 { 40 } else { 0 };
    score += if group.recipients.is_empty() { -150 } else { 0 };
    score += match group.status().status {
        Status::Announced | Status::Delivered => 40,
        Status::Proposed | Status::Withdrawn => -40,
        Status::Past => -150,
    };
    score += if group.tellings[0].aid == Aid::Military { 20 } else { -60 };
    score += if group.donors.len() > 2 { -80 } else { 0 };
    Confidence(u16::try_from(score.clamp(50, 990)).unwrap_or(50))
}
