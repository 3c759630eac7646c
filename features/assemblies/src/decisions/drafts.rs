//! From what was typed to title, terms and agenda, and back. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem};

use super::types::{Decision, Drafting, Election, Item, Precedence, Report, Reporting, Terms};
use crate::{HeadRule, affairs::said, known_matter, rolls::types::Part};

const LONGEST_TEXT: usize = 2000;
const MOST_ITEMS: usize = 40;
/// How many owners one person may be proxy for. The rules of procedure say; owners may not be kept from naming one (指导规则 Art. 26).
const PROXIES: std::ops::RangeInclusive<u32> = 1..=50;
/// 民法典 278 (1)–(4): rules, committee and company are one for the whole community, and so are those who decide on them.
const OF_ALL: std::ops::RangeInclusive<u8> = 1..=4;
/// 民法典 278 (3): 选举业主委员会或者更换业主委员会成员.
pub(crate) const OF_COMMITTEE: u8 = 3;
const RESULT_DAYS: std::ops::RangeInclusive<u32> = 3..=60;

/// A draft as typed, under a place's rule of reviews, with the parts the roll knows and who sits in the committee: title, terms and agenda, or what is wrong with
/// each.
pub(crate) fn draft(
    form: &Drafting,
    pack: &str,
    known: &[Part],
    sitting: &[String],
) -> Result<(String, Terms, Vec<Item>), Problem> {
    let mut errors = vec![];
    let title = form.title.trim().to_owned();
    if title.is_empty() || 60 < title.chars().count() {
        errors.push(FieldError::new("title", "请填写名称，如“2024年第一次业主大会会议”，不超过60个字"));
    }
    let head_rule = if form.head_rule == "per_unit" { HeadRule::PerUnit } else { HeadRule::DistinctOwner };
    let precedence = Precedence::ALL.into_iter().find(|it| it.code() == form.precedence);
    let result_days = match form.result_days.trim() {
        "" => Some(7),
        text => text.parse().ok().filter(|it| RESULT_DAYS.contains(it)),
    };
    if result_days.is_none() {
        errors.push(FieldError::new("result_days", "初步结果公示应为3至60天"));
    }
    let clause = form.silent_clause.trim().to_owned();
    if 100 < clause.chars().count() {
        errors.push(FieldError::new("silent_clause", "条款不超过100个字"));
    }
    let proxy_cap = match form.proxy_cap.trim() {
        "" => Some(1),
        text => text.parse().ok().filter(|it| PROXIES.contains(it)),
    };
    if proxy_cap.is_none() {
        errors.push(FieldError::new("proxy_cap", "每人接受委托的业主应为1至50名，按议事规则填写"));
    }
    let agenda = agenda(form, &mut errors);
    if let Some(it) = neither(&agenda, sitting) {
        let message = format!(
            "“{}”：第（三）项只有选举和更换委员。选举请每行写一名候选人并填席位数；更换请写“罢免”和现任委员的姓名，选项留空",
            it.title
        );
        errors.push(FieldError::new("item", message));
    }
    let parts = parts(form, known, &agenda, &mut errors);
    let terms = Terms {
        head_rule,
        revote: form.revote == "yes",
        precedence: precedence.unwrap_or(Precedence::Paper),
        invalid_takes_part: true,
        silent_clause: (!clause.is_empty()).then_some(clause),
        result_days: result_days.unwrap_or(7),
        review_pack: pack.to_owned(),
        parts,
        proxy_cap: proxy_cap.unwrap_or(1),
        scans: form.scans == "yes",
    };
    if errors.is_empty() { Ok((title, terms, agenda)) } else { Err(Problem::Invalid(errors)) }
}

/// 表决范围: parts of the roll as they were ticked; an entrance within a building that is ticked too says nothing more.
fn parts(form: &Drafting, known: &[Part], agenda: &[Item], errors: &mut Vec<FieldError>) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![];
    for words in form.parts.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        match known.iter().find(|it| it.words() == words) {
            Some(part) => parts.push(part.clone()),
            None => {
                errors.push(FieldError::new("parts", format!("已冻结的名册里没有“{words}”，请重新选择范围")))
            }
        }
    }
    let whole: Vec<String> =
        parts.iter().filter(|it| it.entrance.is_empty()).map(|it| it.building.clone()).collect();
    parts.retain(|it| it.entrance.is_empty() || !whole.contains(&it.building));
    if let Some(item) = agenda.iter().find(|it| !parts.is_empty() && OF_ALL.contains(&it.matter)) {
        let message =
            format!("“{}”由全体业主共同决定，不能只由部分楼栋表决；请不选范围，或分成两次表决", item.title);
        errors.push(FieldError::new("parts", message));
    }
    parts
}

/// Whether an item of the third matter that elects nobody takes somebody from the committee who sits in it: 罢免某某.
fn removes(title: &str, sitting: &[String]) -> bool {
    title.starts_with("罢免") && sitting.iter().any(|it| title.contains(it.as_str()))
}

/// The first item of the third matter that neither elects nor removes anybody.
pub(crate) fn neither<'a>(agenda: &'a [Item], sitting: &[String]) -> Option<&'a Item> {
    let mut of_committee = agenda.iter().filter(|it| it.matter == OF_COMMITTEE && it.election.is_none());
    of_committee.find(|it| !it.options.is_empty() || !removes(&it.title, sitting))
}

/// 书面报告, as typed.
pub(crate) fn report(form: &Reporting, today: Date) -> Result<Report, Problem> {
    let mut errors = vec![];
    let words = said("words", &form.words, 500, "请写明报告的事项、理由和拟办意见", &mut errors);
    let document = said("document", &form.document, 100, "请填写报告的名称或文号", &mut errors);
    if errors.is_empty() { Ok(Report { on: today, words, document }) } else { Err(Problem::Invalid(errors)) }
}

fn agenda(form: &Drafting, errors: &mut Vec<FieldError>) -> Vec<Item> {
    let at = |column: &[String], n: usize| column.get(n).map_or("", |it| it.trim()).to_owned();
    let mut agenda = vec![];
    for n in 0..form.item.len().min(MOST_ITEMS) {
        let (title, summary) = (at(&form.item, n), at(&form.summary, n));
        if title.is_empty() && summary.is_empty() {
            continue;
        }
        let place = agenda_place(n);
        let matter = at(&form.matter, n).parse().ok().and_then(|it| known_matter(it).ok());
        let Some(matter) = matter else {
            errors.push(FieldError::new("item", format!("{place}请选择属于民法典第278条的哪一项")));
            continue;
        };
        if title.is_empty() || 100 < title.chars().count() || LONGEST_TEXT < summary.chars().count() {
            errors.push(FieldError::new(
                "item",
                format!("{place}请写明议题，不超过100个字；说明不超过2000个字"),
            ));
            continue;
        }
        let lines: Vec<String> = at(&form.options, n).lines().map(|it| it.trim().to_owned()).collect();
        let lines: Vec<String> = lines.into_iter().filter(|it| !it.is_empty()).collect();
        if 26 < lines.len() || lines.iter().any(|it| 60 < it.chars().count()) {
            errors.push(FieldError::new("item", format!("{place}选项或候选人不超过26个，每个不超过60个字")));
            continue;
        }
        if lines.iter().enumerate().any(|(k, it)| lines[..k].contains(it)) {
            errors.push(FieldError::new("item", format!("{place}选项或候选人有重复的，请核对")));
            continue;
        }
        let id = (n + 1).to_string();
        let seats = at(&form.seats, n);
        if seats.is_empty() {
            if lines.len() == 1 {
                errors.push(FieldError::new(
                    "item",
                    format!("{place}只有一个选项，请至少写两个，或留空改为同意、反对、弃权"),
                ));
            }
            agenda.push(Item { id, matter, title, summary, options: lines, election: None });
            continue;
        }
        // A committee's member is registered by the very name that was voted on.
        let is_name = |it: &String| {
            it.chars().count() <= 20 && !it.chars().any(|c| c.is_ascii_digit() || c == '：' || c == '（')
        };
        if !lines.iter().all(is_name) {
            let message = format!("{place}候选人每行只写姓名，不超过20个字，不写房号和说明");
            errors.push(FieldError::new("item", message));
            continue;
        }
        match seats.parse::<u32>().ok().filter(|it| 0 < *it && *it as usize <= lines.len()) {
            Some(seats) => agenda.extend(lines.iter().enumerate().map(|(k, candidate)| Item {
                id: format!("{id}-{}", k + 1),
                matter,
                title: format!("{title}：{candidate}"),
                summary: summary.clone(),
                options: vec![],
                election: Some(Election { group: id.clone(), seats, reserves: seats }),
            })),
            None => errors.push(FieldError::new(
                "item",
                format!("{place}选举请每行写一名候选人，席位数应为1至候选人数"),
            )),
        }
    }
    if agenda.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("item", "请至少写一个议题"));
    }
    agenda
}

/// A draft as it was typed: candidates of an election stand together again.
pub(crate) fn typed(it: &Decision) -> Drafting {
    let yes = |it: bool| if it { "yes" } else { "" }.to_owned();
    let mut form = Drafting {
        title: it.title.clone(),
        head_rule: if it.terms.head_rule == HeadRule::PerUnit { "per_unit" } else { "distinct_owner" }
            .to_owned(),
        precedence: it.terms.precedence.code().to_owned(),
        revote: yes(it.terms.revote),
        silent_clause: it.terms.silent_clause.clone().unwrap_or_default(),
        result_days: it.terms.result_days.to_string(),
        parts: it.terms.parts.iter().map(Part::words).collect(),
        proxy_cap: it.terms.proxy_cap.to_string(),
        scans: yes(it.terms.scans),
        version: it.version.to_string(),
        ..Drafting::default()
    };
    let mut group = None;
    for item in &it.agenda {
        let candidate = item.election.as_ref().and_then(|_| item.title.rsplit_once('：'));
        if let (Some(election), Some((title, candidate))) = (&item.election, candidate) {
            if group.as_ref() == Some(&election.group) {
                if let Some(lines) = form.options.last_mut() {
                    lines.push_str(&format!("\n{candidate}"));
                }
                continue;
            }
            group = Some(election.group.clone());
            form.item.push(title.to_owned());
            form.options.push(candidate.to_owned());
            form.seats.push(election.seats.to_string());
        } else {
            form.item.push(item.title.clone());
            form.options.push(item.options.join("\n"));
            form.seats.push(String::new());
        }
        form.matter.push(item.matter.to_string());
        form.summary.push(item.summary.clone());
    }
    form
}

fn agenda_place(n: usize) -> String {
    format!("第{}个议题：", n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decisions::{DecisionId, Stage};

    fn form(rows: &[[&str; 4]]) -> Drafting {
        let column = |n: usize| rows.iter().map(|it| it[n].to_owned()).collect::<Vec<_>>();
        Drafting {
            title: "2024年第一次业主大会会议".to_owned(),
            precedence: "latest".to_owned(),
            revote: "yes".to_owned(),
            silent_clause: "议事规则第21条".to_owned(),
            matter: column(0),
            item: column(1),
            options: column(2),
            seats: column(3),
            summary: rows.iter().map(|_| String::new()).collect(),
            ..Drafting::default()
        }
    }

    fn faults(rows: &[[&str; 4]]) -> String {
        match draft(&form(rows), "shucheng-2023", &[], &["钱某".to_owned()]) {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|it| it.message).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_election_is_an_item_per_candidate_and_is_read_back_as_it_was_typed() {
        let typed_in = form(&[["4", "续聘企业", "", ""], ["3", "选举：业主委员会", "甲\n乙\n丙", "2"]]);
        let (title, terms, agenda) = draft(&typed_in, "shucheng-2023", &[], &[]).unwrap();
        let ids: Vec<&str> = agenda.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["1", "2-1", "2-2", "2-3"]);
        assert_eq!(agenda[3].title, "选举：业主委员会：丙");
        assert_eq!(agenda[3].election, Some(Election { group: "2".into(), seats: 2, reserves: 2 }));
        let decision = Decision {
            id: DecisionId::from(1),
            place: kernel::Place::default(),
            n: 1,
            title,
            stage: Stage::Draft,
            terms,
            agenda,
            asked_on: None,
            reported: None,
            version: 3,
        };
        let back = typed(&decision);
        assert_eq!(
            (&back.item, &back.options, &back.seats),
            (&typed_in.item, &typed_in.options, &typed_in.seats)
        );
        assert_eq!(
            (&back.matter, &back.revote, &back.precedence),
            (&typed_in.matter, &typed_in.revote, &typed_in.precedence)
        );
        assert_eq!(back.silent_clause, "议事规则第21条");
    }

    #[test]
    fn what_is_missing_is_told_by_its_item() {
        assert!(faults(&[["", "续聘企业", "", ""]]).contains("第1个议题：请选择属于民法典第278条的哪一项"));
        assert!(faults(&[["4", "续聘企业", "甲公司", ""]]).contains("只有一个选项"));
        assert!(faults(&[["3", "选举", "甲\n乙", "3"]]).contains("席位数应为1至候选人数"));
        assert!(faults(&[["10", "别的", "", ""]]).contains("民法典第278条"));
        assert!(faults(&[["", "", "", ""]]).contains("请至少写一个议题"));
    }

    #[test]
    fn nobody_is_elected_but_by_an_election_of_seats() {
        for row in [
            ["3", "选举王某为业委会委员", "", ""],
            ["3", "选谁", "钱某\n孙某", ""],
            ["3", "罢免", "", ""],
            ["3", "罢免孙某", "", ""],
            ["3", "罢免钱某", "同意罢免\n另选孙某", ""],
        ] {
            assert!(faults(&[row]).contains("第（三）项只有选举和更换委员"), "{row:?}");
        }
        for title in ["罢免钱某", "罢免委员钱某", "罢免钱某的委员职务"] {
            let typed = form(&[["3", title, "", ""]]);
            assert!(draft(&typed, "shucheng-2023", &[], &["钱某".to_owned()]).is_ok(), "{title}");
        }
    }
}
