//! Arithmetic in the finite field of a prime power of elements.

use crate::table::Cells;

/// A finite field. An element is a number below [`Field::order`]: its digits to the base of the characteristic are
/// the coefficients of a polynomial.
#[derive(Debug, Clone)]
pub(super) struct Field {
    prime: u32,
    order: u32,
    /// By exponent: the power of the primitive element.
    powers: Vec<u32>,
    /// By element but 0: the exponent.
    logarithms: Vec<u32>,
}

impl Field {
    /// The field of this many elements, or `None` where that is no prime power.
    pub(super) fn new(order: u32) -> Option<Self> {
        let prime = (2..=order).find(|factor| order.is_multiple_of(*factor))?;
        let mut degree = 0;
        let mut power = 1;
        while power < order {
            power *= prime;
            degree += 1;
        }
        if power != order {
            return None;
        }
        // A monic polynomial, given by its other coefficients as a number, is right when the powers of x modulo it
        // are all the elements but 0: then it is primitive, and x generates the field. There always is one.
        (1..order).find_map(|polynomial| Self::by_polynomial(prime, degree, order, polynomial))
    }

    fn by_polynomial(prime: u32, degree: u32, order: u32, polynomial: u32) -> Option<Self> {
        let top = prime.pow(degree - 1);
        let mut powers = Vec::new();
        let mut logarithms = vec![0; order as usize];
        let mut element = 1;
        for exponent in 0..order - 1 {
            if element == 0 || (element == 1 && exponent > 0) {
                return None;
            }
            powers.push(element);
            logarithms.put(element, exponent);
            // Times x: the digits move up by one, and what leaves at the top comes back by the polynomial.
            let leaving = element / top;
            let rest = element % top * prime;
            element = digits(prime, rest, polynomial, |digit, coefficient| {
                digit + prime * prime - leaving * coefficient
            });
        }
        (element == 1).then_some(Self {
            prime,
            order,
            powers,
            logarithms,
        })
    }

    /// How many elements it has.
    pub(super) fn order(&self) -> u32 {
        self.order
    }

    pub(super) fn add(&self, a: u32, b: u32) -> u32 {
        digits(self.prime, a, b, |a, b| a + b)
    }

    pub(super) fn multiply(&self, a: u32, b: u32) -> u32 {
        if a == 0 || b == 0 {
            return 0;
        }
        self.power(self.logarithms.at(a) + self.logarithms.at(b))
    }

    /// A power of the primitive element.
    pub(super) fn power(&self, exponent: u32) -> u32 {
        self.powers.at(exponent % (self.order - 1))
    }

    /// The exponent of an element that is not 0.
    pub(super) fn logarithm(&self, element: u32) -> u32 {
        self.logarithms.at(element)
    }
}

/// Combines two numbers digit by digit, modulo the prime that is their base.
fn digits(prime: u32, mut a: u32, mut b: u32, combine: impl Fn(u32, u32) -> u32) -> u32 {
    let (mut result, mut place) = (0, 1);
    while a > 0 || b > 0 {
        result += combine(a % prime, b % prime) % prime * place;
        (a, b, place) = (a / prime, b / prime, place * prime);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_exist_for_prime_powers_only() {
        let orders: Vec<u32> = (2..=32).filter(|&order| Field::new(order).is_some()).collect();
        assert_eq!(
            orders,
            [2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 19, 23, 25, 27, 29, 31, 32]
        );
    }

    #[test]
    fn multiplication_distributes_over_addition() {
        for order in [2, 4, 5, 8, 9, 27] {
            let field = Field::new(order).unwrap();
            for a in 0..order {
                for b in 0..order {
                    for c in 0..order {
                        let left = field.multiply(a, field.add(b, c));
                        assert_eq!(
                            left,
                            field.add(field.multiply(a, b), field.multiply(a, c)),
                            "order {order}"
                        );
                    }
                }
            }
        }
    }
}
