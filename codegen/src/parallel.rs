//! Parallel work with results in the order of the items, whatever the number of threads.

use std::{
    num::NonZero,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// How many threads can run at once; one if the system does not report it.
pub fn threads() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// Calls `work` with each item on up to `threads` threads. The results are in the order of the items.
///
/// The heaviest items are started first, so that no thread has a large one left at the end. `weight` is called once for each item; its
/// unit does not matter.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    threads: NonZero<usize>,
    weight: impl Fn(&T) -> u64,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut queue: Vec<(usize, &T)> = items.iter().enumerate().collect();
    queue.sort_by_cached_key(|(_, item)| std::cmp::Reverse(weight(item)));
    let next = AtomicUsize::new(0);
    let take = || queue.get(next.fetch_add(1, Ordering::Relaxed));
    let run = || {
        let mut done = Vec::new();
        while let Some((index, item)) = take() {
            done.push((*index, work(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.get().min(items.len())).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1_000).collect();
        for count in [1, 2, 7] {
            let threads = NonZero::new(count).unwrap();
            let doubled = map(&items, threads, |item| item % 10, |item| item * 2);
            assert!(doubled.iter().copied().eq(items.iter().map(|item| item * 2)), "{count} threads");
        }
    }

    #[test]
    fn the_heaviest_items_are_started_first() {
        let started = std::sync::Mutex::new(Vec::new());
        map(&[1, 3, 2, 3], NonZero::<usize>::MIN, |item| *item, |item| started.lock().unwrap().push(*item));
        assert_eq!(started.into_inner().unwrap(), [3, 3, 2, 1]);
    }

    #[test]
    fn no_items_give_no_results() {
        assert!(map(&[], threads(), |()| 0, |()| ()).is_empty());
    }
}
