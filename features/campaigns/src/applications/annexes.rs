//! 附件3 filled in on paper or with a word processor, read back into the form's own fields. Pure.

use super::types::{Answers, Fields, Part};

/// The annex's own heads, as the DOCX of this house and the notice print them, and what they fill.
const NAME: &str = "小区名称";
const PARTY: &str = "小区党组织全称";
const ENTERPRISE: &str = "物业服务企业全称";
const COMMITTEE: &str = "业主委员会名称情况";
const BASICS: &str = "小区基本情况";
const PRACTICES: &str = "小区物业管理主要做法及工作成效";
/// The cell that says who to ask, after each of the three.
const CONTACT: &str = "联系人及联系电话";

/// A filled annex: whose it is, and what goes into which part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) name: String,
    pub(crate) parts: Vec<(Part, Fields)>,
}

/// The annex read from the rows of its table; nothing when it is another form.
pub(crate) fn annex_3(rows: &[Vec<String>], practices: &[String]) -> Option<Filled> {
    let bare = |it: &str| it.split_whitespace().collect::<String>();
    let row = |head: &str| rows.iter().find(|it| it.first().is_some_and(|it| bare(it).starts_with(head)));
    let after =
        |head: &str| row(head).and_then(|it| it.get(1)).map_or(String::new(), |it| it.trim().to_owned());
    row(NAME)?;
    row(PRACTICES)?;
    let contact = |head: &str| {
        let cells = row(head).map_or(&[][..], Vec::as_slice);
        let at = cells.iter().position(|it| bare(it).contains(CONTACT));
        let said = at.and_then(|it| cells.get(it + 1)).map_or("", String::as_str);
        person(said)
    };
    let mut contacts = Fields::new();
    for (code, head) in [("party", PARTY), ("project", ENTERPRISE), ("committee", COMMITTEE)] {
        let (name, phone) = contact(head);
        contacts.insert(format!("{code}_name"), name);
        contacts.insert(format!("{code}_phone"), phone);
    }
    let text = |pairs: [(&str, String); 3]| -> Fields {
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    let basics = after(BASICS);
    let other = basics.split_once('\n').map_or("", |it| it.1).trim().to_owned();
    Some(Filled {
        name: after(NAME),
        parts: vec![
            (
                Part::Basics,
                text([("party_org", after(PARTY)), ("committee", after(COMMITTEE)), ("other", other)]),
            ),
            (Part::Contacts, contacts),
            (Part::Practices, numbered(&after(PRACTICES), practices)),
        ],
    })
}

/// The fields of a part, with what is there already where the annex says nothing.
pub(crate) fn over(fields: &Fields, answers: &Answers) -> Fields {
    let there = |name: &str| -> String {
        let contact = |who: &str| answers.contacts.get(who).cloned().unwrap_or_default();
        match (name, name.rsplit_once('_')) {
            ("party_org", _) => answers.party_org.clone(),
            ("committee", _) => answers.committee.clone(),
            ("other", _) => answers.other.clone(),
            (_, Some((who, "name"))) => contact(who).0,
            (_, Some((who, "phone"))) => contact(who).1,
            _ => answers.practices.get(name).cloned().unwrap_or_default(),
        }
    };
    let or = |(name, said): (&String, &String)| {
        (name.clone(), if said.is_empty() { there(name) } else { said.clone() })
    };
    fields.iter().map(or).collect()
}

/// 王建民 13800138000, in whichever order and with whatever between.
fn person(said: &str) -> (String, String) {
    let is_phone = |it: char| it.is_ascii_digit() || it == '-';
    let phone: String = said.chars().filter(|it| is_phone(*it)).collect();
    let rest = said.chars().filter(|it| !is_phone(*it) && !"，,；;：:（）()/".contains(*it));
    (rest.collect::<String>().split_whitespace().collect::<Vec<_>>().join(""), phone)
}

/// A text whose parts begin with 1. 2. 3., each for its own requirement; one without numbers is the first part.
fn numbered(text: &str, practices: &[String]) -> Fields {
    let mut parts = vec![String::new(); practices.len()];
    let (mut at, mut begun) = (0, false);
    for line in text.lines() {
        let line = line.trim();
        let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
        let rest = line[digits.len()..].trim_start();
        let marked = rest.strip_prefix(['.', '．', '、', '）', ')']);
        // Only the next number begins a part, and 1.2万平方米 is none: a list inside a part stays there.
        let next = if begun { at + 2 } else { 1 };
        let is_decimal = marked.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()));
        let number = digits.parse::<usize>().ok().filter(|it| *it == next && !is_decimal);
        let line = match (number, marked) {
            (Some(number), Some(rest)) if number <= practices.len() => {
                (at, begun) = (number - 1, true);
                rest.trim()
            }
            _ => line,
        };
        if let Some(part) = parts.get_mut(at).filter(|_| !line.is_empty()) {
            if !part.is_empty() {
                part.push('\n');
            }
            part.push_str(line);
        }
    }
    practices.iter().cloned().zip(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn a_filled_annex_is_read_into_its_parts() {
        let rows = [
            row(&["小区名称", "锦绣花园"]),
            row(&["小区基本情况", "建成时间：2015年　户数：960\n已完成加装电梯"]),
            row(&["小区党组织\n全称", "锦绣花园党支部", "联系人及联系电话", "王建民　13800138000"]),
            row(&["物业服务企业全称", "润城物业", "项目联系人及联系电话", "0564-8621234 李工"]),
            row(&["业主委员会名称情况", "第二届业委会", "联系人及联系电话", ""]),
            row(&[
                "小区物业管理主要做法及工作成效（对照“美好家园”小区原则要求填报）",
                "1. 支部牵头\n每月议事\n2、投诉48小时办结\n1. 电话受理\n1.2万件次\n3．开展活动",
            ]),
        ];
        let practices = ["g1", "g2", "g3"].map(str::to_owned);
        let filled = annex_3(&rows, &practices).unwrap();
        let of = |part: usize, name: &str| filled.parts[part].1[name].clone();
        assert_eq!(filled.name, "锦绣花园");
        assert_eq!(
            (of(0, "party_org").as_str(), of(0, "other").as_str()),
            ("锦绣花园党支部", "已完成加装电梯")
        );
        assert_eq!((of(1, "party_name").as_str(), of(1, "party_phone").as_str()), ("王建民", "13800138000"));
        assert_eq!(
            (of(1, "project_name").as_str(), of(1, "project_phone").as_str()),
            ("李工", "0564-8621234")
        );
        assert_eq!((of(1, "committee_name").as_str(), of(1, "committee_phone").as_str()), ("", ""));
        assert_eq!(
            ["g1", "g2", "g3"].map(|it| of(2, it)),
            ["支部牵头\n每月议事", "投诉48小时办结\n1. 电话受理\n1.2万件次", "开展活动"]
        );
    }

    #[test]
    fn what_is_empty_keeps_what_was_there() {
        let answers = Answers {
            committee: "第一届业委会".to_owned(),
            contacts: [("party".to_owned(), ("王建民".to_owned(), "13800138000".to_owned()))].into(),
            practices: [("g1".to_owned(), "原来的做法".to_owned())].into(),
            ..Answers::default()
        };
        let said = |name: &str, said: &str| {
            over(&[(name.to_owned(), said.to_owned())].into(), &answers).remove(name).unwrap_or_default()
        };
        assert_eq!(said("committee", ""), "第一届业委会");
        assert_eq!(said("committee", "第二届"), "第二届");
        assert_eq!(
            (said("party_name", ""), said("party_phone", "")),
            ("王建民".into(), "13800138000".into())
        );
        assert_eq!((said("g1", ""), said("g2", "")), ("原来的做法".to_owned(), String::new()));
    }

    #[test]
    fn another_form_is_none() {
        assert_eq!(annex_3(&[row(&["姓名", "某某"])], &[]), None);
        assert_eq!(annex_3(&[row(&["小区名称", "锦绣花园"])], &[]), None);
    }
}
