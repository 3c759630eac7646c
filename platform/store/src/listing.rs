//! One list statement with named blocks: `where tenant = $1 /*[stage] and stage = $2*/ … limit $5`.
//!
//! The code switches blocks on; what stays off is gone from the text, so that every store can use its index, and the
//! numbers that are left are bound by their place.

use crate::Value;

/// A list statement with its blocks switched and its arguments picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub sql: String,
    pub args: Vec<Value>,
}

impl Listing {
    /// Opens the blocks named in `on` and keeps of `args` those the text still asks for.
    #[must_use]
    pub fn of(text: &str, on: &[&str], args: &[Value]) -> Self {
        let mut sql = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, block)) = rest.split_once("/*[") {
            sql.push_str(before);
            let (name, body) = block.split_once(']').unwrap_or((block, ""));
            let (body, after) = body.split_once("*/").unwrap_or((body, ""));
            if on.contains(&name) {
                sql.push_str(body);
            }
            rest = after;
        }
        sql.push_str(rest);
        renumber(&sql, args)
    }
}

/// The names of a statement's blocks, in their order.
#[must_use]
pub fn blocks(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = vec![];
    for block in text.split("/*[").skip(1) {
        let name = block.split(']').next().unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn renumber(sql: &str, args: &[Value]) -> Listing {
    let (mut text, mut kept, mut used) = (String::with_capacity(sql.len()), vec![], Vec::<usize>::new());
    let mut parts = sql.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = part[..digits].parse().unwrap_or(0);
        let place = used.iter().position(|it| *it == number).unwrap_or_else(|| {
            used.push(number);
            kept.push(number.checked_sub(1).and_then(|it| args.get(it)).cloned().unwrap_or(Value::Null));
            used.len() - 1
        });
        text.push('$');
        text.push_str(&(place + 1).to_string());
        text.push_str(&part[digits..]);
    }
    Listing { sql: text, args: kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "select a from t where tenant = $1 /*[stage] and stage = $2*/ /*[after] and (d, id) > ($3, $4)*/ order by d limit $5";

    #[test]
    fn blocks_are_switched_and_numbers_close_up() {
        let args: Vec<Value> = (1..=5).map(|it| Value::Int(it * 10)).collect();
        let listing = Listing::of(TEXT, &["after"], &args);
        assert_eq!(
            listing.sql,
            "select a from t where tenant = $1   and (d, id) > ($2, $3) order by d limit $4"
        );
        assert_eq!(listing.args, [10, 30, 40, 50].map(Value::Int));
        assert_eq!(blocks(TEXT), ["stage", "after"]);
    }
}
