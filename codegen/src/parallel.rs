//! The same work on many things at once, with results in the order of the things: what comes out does not depend on the number
//! of threads.

use std::{
    num::NonZero,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// How many threads can run at once; one where the system does not say.
pub fn threads() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// What `work` makes of each item, in the items' order, by up to `threads` threads.
///
/// The heaviest are begun first, so that no thread is left with a large one at the end. `weight` is asked once for each item; its
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
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1_000).collect();
        for count in [1, 2, 7] {
            let threads = NonZero::new(count).unwrap();
            let doubled = map(&items, threads, |item| item % 10, |item| item * 2);
            assert!(doubled.iter().copied().eq(items.iter().map(|item| item * 2)), "{count} threads");
        }
    }

    #[test]
    fn the_heaviest_are_begun_first() {
        let begun = std::sync::Mutex::new(Vec::new());
        map(&[1, 3, 2, 3], NonZero::<usize>::MIN, |item| *item, |item| begun.lock().unwrap().push(*item));
        assert_eq!(begun.into_inner().unwrap(), [3, 3, 2, 1]);
    }

    #[test]
    fn nothing_to_do_is_nothing_done() {
        assert!(map(&[], threads(), |()| 0, |()| ()).is_empty());
    }
}
