//! Reading and writing tables by index without a panic: out of range reads as the type's default and writes nothing.
//!
//! Indices here come from the request's own maps, so out of range does not happen; a panic would cost the whole
//! instance, a wrong score would cost a look.

/// Reads and writes one cell of a slice.
pub(crate) trait Cells<T: Copy + Default> {
    fn at(&self, index: u32) -> T;
    fn put(&mut self, index: u32, value: T);
}

impl<T: Copy + Default> Cells<T> for [T] {
    #[inline]
    fn at(&self, index: u32) -> T {
        self.get(index as usize).copied().unwrap_or_default()
    }

    #[inline]
    fn put(&mut self, index: u32, value: T) {
        if let Some(cell) = self.get_mut(index as usize) {
            *cell = value;
        }
    }
}

/// Reads one list of a table of lists.
pub(crate) trait Lists<T> {
    fn list(&self, index: u32) -> &[T];
}

impl<T> Lists<T> for [Vec<T>] {
    #[inline]
    fn list(&self, index: u32) -> &[T] {
        self.get(index as usize).map_or(&[], Vec::as_slice)
    }
}

/// Removes one value from an unordered list.
pub(crate) fn remove_value(list: &mut Vec<u32>, value: u32) {
    if let Some(position) = list.iter().position(|&other| other == value) {
        list.swap_remove(position);
    }
}

/// A table of rows of equal width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Grid<T> {
    width: usize,
    cells: Vec<T>,
}

impl<T: Copy + Default> Grid<T> {
    pub(crate) fn new(rows: usize, width: usize) -> Self {
        Self {
            width,
            cells: vec![T::default(); rows * width],
        }
    }

    #[inline]
    pub(crate) fn row(&self, row: u32) -> &[T] {
        let start = row as usize * self.width;
        self.cells.get(start..start + self.width).unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn at(&self, row: u32, column: u32) -> T {
        self.row(row).at(column)
    }

    #[inline]
    pub(crate) fn change(&mut self, row: u32, column: u32, change: impl FnOnce(T) -> T) {
        if (column as usize) < self.width
            && let Some(cell) = self.cells.get_mut(row as usize * self.width + column as usize)
        {
            *cell = change(*cell);
        }
    }
}
