//! The table of layers in a crate's documentation.

/// A room and the layer that it is in, counted from the bottom, from 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Room {
    pub(crate) path: Vec<String>,
    pub(crate) layer: usize,
}

impl Room {
    pub(crate) fn name(&self) -> String {
        self.path.join("::")
    }
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) rooms: Vec<Room>,
}

impl Table {
    /// The rows below `| layer | rooms | …` in the inner doc comments of `source`; its rooms are what the second column has in
    /// backticks.
    pub(crate) fn of_docs(source: &str) -> Self {
        let rows = source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("//!"))
            .map(|line| line.trim().trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>())
            .skip_while(|cells| cells.len() < 2 || cells[0] != "layer" || cells[1] != "rooms")
            .skip(2)
            .take_while(|cells| cells.len() >= 2);
        let mut rooms = Vec::new();
        for (index, cells) in rows.enumerate() {
            for name in cells[1].split('`').skip(1).step_by(2) {
                rooms.push(Room { path: name.split("::").map(str::to_owned).collect(), layer: index + 1 });
            }
        }
        Self { rooms }
    }

    /// The room of a module or item: the one with the longest name that the path begins with.
    pub(crate) fn room(&self, path: &[String]) -> Option<&Room> {
        self.rooms.iter().filter(|room| path.starts_with(&room.path)).max_by_key(|room| room.path.len())
    }
}

#[test]
fn the_longest_room_that_matches_is_taken() {
    let table = Table::of_docs(
        "//! # Layers\n//! | layer | rooms | holds |\n//! |-|-|-|\n//! | values | `time`, `operation::schema` | x |\n//! | calls | `operation` | y |\n//!\n//! | a | b |\n",
    );
    let path = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
    let layer = |text| table.room(&path(text)).map(|room| (room.name(), room.layer));
    assert_eq!(table.rooms.len(), 3);
    assert_eq!(layer("operation::schema::Rule"), Some(("operation::schema".to_owned(), 1)));
    assert_eq!(layer("operation::Operation"), Some(("operation".to_owned(), 2)));
    assert_eq!(layer("client"), None);
}
