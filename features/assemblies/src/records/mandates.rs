//! Capacity: a ballot in somebody's stead has a mandate in the log that stood when it came, for these owners and these items; and where
//! the owner has given the vote away, nobody else's ballot is there.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{parcel::Found, types::BallotText};
use crate::Roll;

/// What a `mandate` leaf declares, and the leaves between which it stood.
pub(crate) struct Told {
    unit: String,
    kind: String,
    items: Vec<String>,
    until: String,
    /// The same person's key in every mandate of this log; logs of before it was told have none.
    person: Option<String>,
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
    person: Option<String>,
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
                let Body { mandate, unit, kind, items, until, person } = it;
                told.insert(mandate, Told { unit, kind, items, until, person, from, to });
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

/// Nobody was ever a proxy for more owners than the notice says: those who stood at that leaf, and those whose ballot had been cast.
pub(crate) fn check_cap(
    mandates: &Mandates,
    roll: &Roll,
    texts: &[(i64, BallotText)],
    cap: u32,
) -> Found<()> {
    // Logs of before it was told have none; one that tells it once tells it of everybody.
    let first = mandates.values().filter(|it| it.person.is_some()).map(|it| it.from).min();
    let untold = |it: &&Told| it.kind == "proxy" && it.person.is_none() && first.is_some_and(|n| n < it.from);
    if let Some(it) = mandates.values().find(untold) {
        return Err(format!("日志第{}条的委托没有写明是否同一受托人", it.from));
    }
    let used: BTreeSet<&str> = texts.iter().filter_map(|(_, it)| it.mandate.as_deref()).collect();
    let mut of_person: BTreeMap<&str, Vec<(&str, &Told)>> = BTreeMap::new();
    for (id, it) in mandates.iter().filter(|it| it.1.kind == "proxy") {
        let Some(person) = &it.person else { continue };
        of_person.entry(person).or_default().push((id, it));
    }
    for held in of_person.values() {
        for (_, new) in held {
            let n = new.from;
            let counts =
                |id: &str, it: &Told| it.from <= n && (it.to.is_none_or(|to| n < to) || used.contains(id));
            let mut owners: Vec<&str> = vec![];
            for (_, it) in held.iter().filter(|it| counts(it.0, it.1)) {
                if owners.iter().all(|own| !roll.same_owners(own, &it.unit)) {
                    owners.push(&it.unit);
                }
            }
            if (cap as usize) < owners.len() {
                return Err(format!("日志第{n}条登记后，同一名受托人代表的业主超过公告写明的{cap}名"));
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
    fn a_proxy_of_too_many_owners_is_found_though_it_was_hidden_by_ending_one() {
        let told_of = |leaves: &[(i64, &str, String)]| {
            told(leaves.iter().map(|it| (it.0, it.1, it.2.as_str()))).unwrap()
        };
        let proxy = |id: u8, unit: &str, person: &str| {
            let person = if person.is_empty() { String::new() } else { format!(r#","person":"{person}""#) };
            format!(
                r#"{{"mandate":"{id}","unit":"{unit}","kind":"proxy","items":[],"until":"2024-09-14"{person}}}"#
            )
        };
        let roll = crate::read_roll(ROLL).unwrap();
        let day = "2024-09-14T01:00:00Z";
        let cast = [(15, ballot("1", Some("7"), day, &["1"]))];
        let end = || (20, "mandate_end", r#"{"mandate":"7"}"#.to_owned());
        let first = || (10, "mandate", proxy(7, "1", "p"));
        let fault = "日志第30条登记后，同一名受托人代表的业主超过公告写明的1名";
        let check = |leaves: &[(i64, &str, String)], texts: &[(i64, BallotText)], cap| {
            check_cap(&told_of(leaves), &roll, texts, cap)
        };
        let hidden = [first(), end(), (30, "mandate", proxy(8, "3", "p"))];
        assert_eq!(check(&hidden, &cast, 1).unwrap_err(), fault, "its ballot stays");
        assert_eq!(check(&hidden, &cast, 2), Ok(()));
        assert_eq!(check(&hidden, &[], 1), Ok(()), "a mistake taken back");
        let standing = [first(), (30, "mandate", proxy(8, "3", "p"))];
        assert_eq!(check(&standing, &[], 1).unwrap_err(), fault);
        let same_owners = [first(), end(), (30, "mandate", proxy(8, "2", "p"))];
        assert_eq!(check(&same_owners, &cast, 1), Ok(()));
        let another = [first(), (30, "mandate", proxy(8, "3", "q"))];
        assert_eq!(check(&another, &[], 1), Ok(()));
        let untold = [(10, "mandate", proxy(7, "1", "")), (30, "mandate", proxy(8, "3", ""))];
        assert_eq!(check(&untold, &[], 1), Ok(()), "logs of before");
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
