//! Which packages a filter selects. Values of one kind widen the choice, kinds narrow it.

use crate::model::{Filter, Package};

/// Whether the filter selects the package.
pub fn selects(filter: &Filter, package: &Package) -> bool {
    let currency = package.amount.as_ref().map(|amount| amount.currency.as_str());
    let systems = package.items.iter().filter_map(|item| item.system.as_deref());
    filter.dates.contains(package.announced)
        && any(&filter.donors, package.donors.iter().map(String::as_str))
        && any(&filter.recipients, package.recipients.iter().map(String::as_str))
        && any(&filter.systems, systems)
        && any(&filter.mechanisms, package.mechanism.as_deref())
        && any(&filter.currencies, currency)
        && (filter.stages.is_empty() || filter.stages.contains(&package.stage))
        && (filter.aids.is_empty() || filter.aids.contains(&package.aid))
        && (filter.sources.is_empty() || filter.sources.iter().any(|words| told_by(package, words)))
}

fn any<'a>(wanted: &[String], found: impl IntoIterator<Item = &'a str>) -> bool {
    wanted.is_empty() || found.into_iter().any(|value| wanted.iter().any(|word| word == value))
}

fn told_by(package: &Package, words: &str) -> bool {
    let words = words.to_lowercase();
    package.sources.iter().any(|source| {
        [&source.title, &source.publisher, &source.location]
            .into_iter()
            .flatten()
            .any(|text| text.to_lowercase().contains(&words))
    })
}
