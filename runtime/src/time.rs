//! Points in time, as AWS writes them.

/// A point in time: seconds since 1970-01-01T00:00:00Z, and the nanoseconds beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanoseconds: u32,
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self { seconds: 0, nanoseconds: 0 };

    /// The point `seconds` and `nanoseconds` after 1970; more than a billion of the latter carry over.
    pub const fn new(seconds: i64, nanoseconds: u32) -> Self {
        Self {
            seconds: seconds.saturating_add((nanoseconds / 1_000_000_000) as i64),
            nanoseconds: nanoseconds % 1_000_000_000,
        }
    }

    /// Whole seconds since 1970; negative before.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// The nanoseconds beyond, less than a billion.
    pub const fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }
}
