//! Does independent work on several threads and hands the results over in the order of the work.
//! Knows nothing of what the work is.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// How many results a thread may be ahead; more would only hold memory.
const AHEAD: usize = 2;

/// More threads than this gain nothing: results are taken by one.
const THREADS: usize = 8;

/// On how many threads so many jobs are done.
pub(super) fn threads(jobs: usize) -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(THREADS).min(jobs)
}

/// Calls `work` for each job, on as many threads as the machine has, and `take` with each result,
/// in the jobs' order and on this thread, until it breaks off.
pub(super) fn in_order<J: Send, R: Send, B>(
    jobs: Vec<J>,
    work: impl Fn(J) -> R + Sync,
    mut take: impl FnMut(R) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let threads = threads(jobs.len());
    if threads < 2 {
        return jobs.into_iter().try_for_each(|job| take(work(job)));
    }
    in_order_by(vec![(); threads], jobs, |(), job| work(job), take)
}

/// The same on a thread for each of the workers, which keeps what it needs from job to job.
pub(super) fn in_order_by<W: Send, J: Send, R: Send, B>(
    workers: Vec<W>,
    jobs: Vec<J>,
    work: impl Fn(&mut W, J) -> R + Sync,
    take: impl FnMut(R) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let (threads, count) = (workers.len(), jobs.len());
    // The jobs are dealt out like cards, so that the place of a result says who makes it.
    let mut hands: Vec<Vec<J>> = (0..threads).map(|_| Vec::new()).collect();
    for (place, job) in jobs.into_iter().enumerate() {
        hands[place % threads].push(job);
    }
    thread::scope(|scope| {
        let work = &work;
        let deal = |(mut worker, hand): (W, Vec<J>)| {
            let (sender, receiver) = sync_channel(AHEAD);
            scope.spawn(move || {
                // Who takes no more results has broken off.
                let _ = hand.into_iter().try_for_each(|job| sender.send(work(&mut worker, job)));
            });
            receiver
        };
        let receivers: Vec<Receiver<R>> = workers.into_iter().zip(hands).map(deal).collect();
        // A thread that ended early has panicked, and the scope hands its panic on.
        let mut results = receivers.iter().cycle().take(count).map_while(|from| from.recv().ok());
        results.try_for_each(take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<u64> = (0..50).collect();
        let work = |job: u64| {
            thread::sleep(Duration::from_micros(job % 7 * 100));
            job
        };
        let mut results = Vec::new();
        let end = in_order(jobs.clone(), work, |result| {
            results.push(result);
            ControlFlow::<()>::Continue(())
        });
        assert_eq!((results, end), (jobs, ControlFlow::Continue(())));
    }

    #[test]
    fn work_stops_where_nobody_takes_the_results() {
        let jobs: Vec<u64> = (0..10_000).collect();
        let take =
            |result| if result == 3 { ControlFlow::Break(3) } else { ControlFlow::Continue(()) };
        assert_eq!(in_order(jobs, |job| job, take), ControlFlow::Break(3));
    }
}
