//! Arithmetic on vectors, in an order that is the same on every machine.

/// How many sums are kept side by side. One sum alone would wait for itself at every step.
const SUMS: usize = 8;

/// The vector of length 1 in the same direction. `None` where there is no direction.
pub(super) fn unit(vector: &[f32]) -> Option<Vec<f32>> {
    // In double precision, where no square of a single one is too large or too small.
    let square = |number: &f32| f64::from(*number) * f64::from(*number);
    let length = vector.iter().map(square).sum::<f64>().sqrt();
    (length > 0.0).then(|| {
        vector
            .iter()
            .map(|number| (f64::from(*number) / length) as f32)
            .collect()
    })
}

/// How alike two directions are: 1 for the same, 0 for a right angle, -1 for opposite ones.
pub(super) fn similarity(one: &[f32], other: &[f32]) -> f32 {
    let (these, those) = (one.chunks_exact(SUMS), other.chunks_exact(SUMS));
    let rest = these.remainder().iter().zip(those.remainder());
    let rest: f32 = rest.map(|(a, b)| a * b).sum();
    let mut sums = [0.0_f32; SUMS];
    for (these, those) in these.zip(those) {
        for ((sum, a), b) in sums.iter_mut().zip(these).zip(those) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}
