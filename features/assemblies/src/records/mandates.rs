//! Capacity: a ballot in somebody's stead has a mandate in the log that stood when it came, for these owners and these items; and where
//! the owner has given the vote away, nobody else's ballot is there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{parcel::Found, types::BallotText};
use crate::Roll;

/// What a `mandate` leaf declares, and the leaves between which it stood.
pub(crate) struct Told {
    unit: String,
    kind: String,
    items: Vec<String>,
    until: String,
    from: i64,
    to: Option<i64>,
}

#[derive(Deserialize)]
struct Body {
    mandate: String,
    unit: String,
    kind: String,
    items: Vec<String>,
    until: String,
}

pub(crate) type Mandates = BTreeMap<String, Told>;

/// Every mandate of a log, by its number. Leaves come as place, kind and body.
pub(crate) fn told<'a>(leaves: impl Iterator<Item = (i64, &'a str, &'a str)>) -> Found<Mandates> {
    let mut told = Mandates::new();
    for (n, kind, body) in leaves {
        match kind {
            "mandate" => {
                let it: Body =
                    serde_json::from_str(body).map_err(|_| format!("日志第{n}条的受托登记无法识别"))?;
                let (from, to) = (n, None);
                let Body { mandate, unit, kind, items, until } = it;
                told.insert(mandate, Told { unit, kind, items, until, from, to });
            }
            "mandate_end" => {
                let it: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
                let ended = it["mandate"].as_str().and_then(|it| told.get_mut(it));
                ended.ok_or_else(|| format!("日志第{n}条终止了没有登记的委托"))?.to = Some(n);
            }
            _ => {}
        }
    }
    Ok(told)
}

impl Told {
    pub(crate) fn stood_at(&self, n: i64) -> bool {
        self.from < n && self.to.is_none_or(|to| n < to)
    }
}

/// Whether a ballot is a proxy's.
pub(crate) fn is_proxy(mandates: &Mandates, text: &BallotText) -> bool {
    text.mandate.as_ref().and_then(|it| mandates.get(it)).is_some_and(|it| it.kind == "proxy")
}

/// Every ballot's hand was entitled to it.
pub(crate) fn check(mandates: &Mandates, roll: &Roll, texts: &[(i64, BallotText)]) -> Found<()> {
    for (n, text) in texts {
        let own = |it: &Told| roll.same_owners(&it.unit, &text.unit);
        let on = kernel::beijing_date(text.at).to_string();
        match &text.mandate {
            Some(id) => {
                let it = mandates.get(id).ok_or_else(|| format!("第{n}条票的受托登记不在日志里"))?;
                if !it.stood_at(*n) || it.until < on || !own(it) {
                    return Err(format!("第{n}条票投出时，受托登记无效或不是这套房屋的"));
                }
                if !it.items.is_empty() && text.choices.keys().any(|item| !it.items.contains(item)) {
                    return Err(format!("第{n}条票超出了委托的议题"));
                }
            }
            None => {
                let holds = |it: &Told| it.kind != "proxy" && it.stood_at(*n) && on <= it.until;
                if mandates.values().any(|it| holds(it) && own(it)) {
                    return Err(format!("第{n}条票投出时，这套房屋已登记由他人表决"));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLL: &str = "unit,area_m2,owner,kind,holder
1,10,A;B,residential,owner
2,10,A;B,residential,owner
3,10,C,residential,owner
";

    fn ballot(unit: &str, mandate: Option<&str>, at: &str, items: &[&str]) -> BallotText {
        BallotText {
            decision: "5".into(),
            roll: String::new(),
            unit: unit.into(),
            channel: "online".into(),
            sheet: None,
            mandate: mandate.map(str::to_owned),
            at: at.parse().unwrap(),
            choices: items.iter().map(|it| ((*it).to_owned(), "yes".to_owned())).collect(),
            nonce: String::new(),
        }
    }

    /// A mandate at the tenth leaf, ended at the twentieth; what is said of a ballot at this leaf.
    fn check_at(kind: &str, n: i64, text: BallotText) -> Result<(), String> {
        let body =
            format!(r#"{{"mandate":"7","unit":"1","kind":"{kind}","items":["1"],"until":"2024-09-14"}}"#);
        let leaves = [(10, "mandate", body.as_str()), (20, "mandate_end", r#"{"mandate":"7"}"#)];
        let roll = crate::read_roll(ROLL).unwrap();
        check(&told(leaves.into_iter()).unwrap(), &roll, &[(n, text)])
    }

    #[test]
    fn a_ballot_in_somebodys_stead_needs_a_mandate_that_stood_for_these_owners_items_and_day() {
        let day = "2024-09-14T15:59:59Z";
        let by = |unit, at, items: &[&str]| ballot(unit, Some("7"), at, items);
        assert_eq!(check_at("proxy", 15, by("1", day, &["1"])), Ok(()));
        assert_eq!(check_at("proxy", 15, by("2", day, &["1"])), Ok(()), "the same owners' other unit");
        for (n, text) in [
            (9, by("1", day, &["1"])),
            (21, by("1", day, &["1"])),
            (15, by("3", day, &["1"])),
            (15, by("1", "2024-09-14T16:00:00Z", &["1"])),
        ] {
            let told = check_at("proxy", n, text).unwrap_err();
            assert_eq!(told, format!("第{n}条票投出时，受托登记无效或不是这套房屋的"));
        }
        assert_eq!(check_at("proxy", 15, by("1", day, &["1", "2"])).unwrap_err(), "第15条票超出了委托的议题");
        let unknown = ballot("1", Some("8"), day, &["1"]);
        assert_eq!(check_at("proxy", 15, unknown).unwrap_err(), "第15条票的受托登记不在日志里");
    }

    #[test]
    fn beside_a_proxy_the_owner_votes_and_beside_a_guardian_nobody_does() {
        let own = |unit| ballot(unit, None, "2024-09-14T01:00:00Z", &["1", "2"]);
        let after = |unit| ballot(unit, None, "2024-09-14T16:00:00Z", &["1", "2"]);
        assert_eq!(check_at("proxy", 15, own("1")), Ok(()));
        for kind in ["guardian", "co_owner"] {
            // What is over keeps nobody away.
            assert_eq!(check_at(kind, 15, after("1")), Ok(()), "{kind}");
            for (n, unit, fine) in
                [(15, "1", false), (15, "2", false), (15, "3", true), (9, "1", true), (21, "1", true)]
            {
                assert_eq!(check_at(kind, n, own(unit)).is_ok(), fine, "{kind} {n} {unit}");
            }
        }
    }
}
