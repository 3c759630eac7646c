//! When an assembly may be prepared for, who sits in the group, when it is formed and done. Pure.

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};

pub(crate) use super::conditions::{Condition, PACK, Task};
use super::conditions::{FoundingPack, condition};
use super::types::{Applying, Founding, Going, Group, Grouping, Kind, Member, Side, Stage};
use crate::{
    affairs::said,
    decisions::{Decision, DecisionId},
};

/// 选举业主委员会 (民法典 278, third matter).
const ELECTION: u8 = 3;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FoundingRefusal {
    #[error("这个小区已有正在进行的筹备，请先办完或终止")]
    Running,
    #[error("现在是“{0}”，不能这样办理")]
    WrongStage(&'static str),
    #[error("名单公告到{0}，期满才能确认成立")]
    StillPosted(Date),
    #[error("还有{0}件对名单的异议没有答复，请先答复")]
    ObjectionsOpen(i64),
    #[error("有异议成立，请重新组建并公告名单")]
    ObjectionUpheld,
    #[error("还有筹备工作没有办完：{0}")]
    TasksOpen(String),
}

impl Refusal for FoundingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Running => "assemblies.founding_running",
            Self::WrongStage(_) => "assemblies.founding_stage",
            Self::StillPosted(_) => "assemblies.founding_posted",
            Self::ObjectionsOpen(_) => "assemblies.founding_objections",
            Self::ObjectionUpheld => "assemblies.founding_upheld",
            Self::TasksOpen(_) => "assemblies.founding_tasks",
        }
    }
}

/// 申请: its kind, the day, and in words what it rests on.
pub(crate) fn apply(
    pack: &FoundingPack,
    place_code: &str,
    form: &Applying,
    today: Date,
) -> Result<(Kind, Date, String), Problem> {
    let mut errors = vec![];
    let kind = Kind::from_code(&form.kind);
    if kind.is_none() {
        errors.push(FieldError::new("kind", "请选择是首次业主大会还是换届"));
    }
    let applied_on = form.applied_on.trim().parse::<Date>().ok().filter(|it| *it <= today);
    if applied_on.is_none() {
        errors.push(FieldError::new("applied_on", "请填写收到书面申请的日期，不晚于今天"));
    }
    let ground = match kind {
        Some(Kind::First) => condition(pack, place_code, form, applied_on.unwrap_or(today), &mut errors),
        _ => "任期届满前换届".to_owned(),
    };
    match (kind, applied_on) {
        (Some(kind), Some(applied_on)) if errors.is_empty() => Ok((kind, applied_on, ground)),
        _ => Err(Problem::Invalid(errors)),
    }
}

pub(crate) fn wrong(it: &Founding) -> FoundingRefusal {
    FoundingRefusal::WrongStage(label(&it.stage))
}

pub(crate) fn label(stage: &Stage) -> &'static str {
    match stage {
        Stage::Applied => "待组建",
        Stage::Posted { .. } => "名单公告中",
        Stage::Formed { .. } => "筹备中",
        Stage::Done { .. } => "已完成",
        Stage::Ended { .. } => "已终止",
    }
}

/// 组建: odd, within its size, enough owners, headed by the street, past the first two gates (SC-027).
pub(crate) fn put_together(pack: &FoundingPack, it: &Founding, form: &Grouping) -> Result<Group, Problem> {
    // A list that met with objections may be put together anew while it is posted.
    if !matches!(it.stage, Stage::Applied | Stage::Posted { .. }) {
        return Err(wrong(it).into());
    }
    if form.version != it.version.to_string() {
        return Err(Problem::Conflict);
    }
    let (mut errors, mut members) = (vec![], vec![]);
    for (n, name) in form.name.iter().enumerate() {
        let name = name.trim();
        if name.is_empty() {
            continue;
        }
        let typed = form.side.get(n).map_or("", String::as_str);
        let side = Side::ALL.iter().find(|it| it.1 == typed).map(|it| it.0);
        if 20 < name.chars().count() || name.chars().any(|it| it.is_ascii_digit()) || side.is_none() {
            errors.push(FieldError::new("name", format!("第{}行：请只填姓名，并选择代表哪一方", n + 1)));
        }
        if members.iter().any(|it: &Member| it.name == name) {
            errors.push(FieldError::new("name", format!("第{}行的姓名重复了", n + 1)));
        }
        let head = form.head == n.to_string();
        members.push(Member { name: name.to_owned(), side: side.unwrap_or(Side::Other), head });
    }
    let (all, owners) = (members.len(), members.iter().filter(|it| it.side == Side::Owner).count());
    if all % 2 == 0 || !(pack.least..=pack.most).contains(&all) {
        let message = format!("成员应为{}至{}人的单数，现在{all}人", pack.least, pack.most);
        errors.push(FieldError::new("name", message));
    }
    if owners * pack.owners.den < all * pack.owners.num {
        let message =
            format!("业主代表不得少于{}分之{}，现在{all}人中{owners}人", pack.owners.den, pack.owners.num);
        errors.push(FieldError::new("name", message));
    }
    let heads: Vec<&Member> = members.iter().filter(|it| it.head).collect();
    if heads.len() != 1 || heads[0].side != Side::Street {
        errors.push(FieldError::new("head", "组长由街道（乡镇）代表担任，请选择一人"));
    }
    let recommended =
        said("recommended", &form.recommended, 300, "推荐关：请写明业主代表怎样推荐产生", &mut errors);
    let reviewed =
        said("reviewed", &form.reviewed, 300, "审核关：请写明社区党组织审核的会议和意见", &mut errors);
    if errors.is_empty() {
        Ok(Group { members, recommended, reviewed })
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// The last day of the posting.
pub(crate) fn posted_until(pack: &FoundingPack, on: Date) -> Date {
    on.saturating_add(pack.posted_days.days())
}

/// Whether the list may still be objected to.
pub(crate) fn is_posted(pack: &FoundingPack, it: &Founding, today: Date) -> bool {
    matches!(it.stage, Stage::Posted { on } if today <= posted_until(pack, on))
}

/// 确认成立, once the posting has run and everybody who objected was answered; `upheld` since this list was posted.
pub(crate) fn confirm(
    pack: &FoundingPack,
    it: &Founding,
    (open, upheld): (i64, i64),
    today: Date,
) -> Result<Stage, FoundingRefusal> {
    let Stage::Posted { on } = it.stage else { return Err(wrong(it)) };
    let until = posted_until(pack, on);
    match (today <= until, open, upheld) {
        (true, ..) => Err(FoundingRefusal::StillPosted(until)),
        (_, 1.., _) => Err(FoundingRefusal::ObjectionsOpen(open)),
        (.., 1..) => Err(FoundingRefusal::ObjectionUpheld),
        _ => Ok(Stage::Formed { on: today }),
    }
}

/// 办结一项筹备工作.
pub(crate) fn finish_task(
    pack: &FoundingPack,
    it: &Founding,
    form: &Going,
    today: Date,
) -> Result<(String, Date), Problem> {
    let Stage::Formed { on } = it.stage else { return Err(wrong(it).into()) };
    let task = pack.tasks.iter().find(|task| task.code == form.task).ok_or(Problem::NotFound)?;
    if it.tasks.iter().any(|done| done.0 == task.code) {
        return Err(Problem::Invalid(vec![FieldError::new("done_on", "这一项已经登记过")]));
    }
    let day = form.done_on.trim().parse::<Date>().ok().filter(|it| on <= *it && *it <= today);
    let day = day.ok_or_else(|| {
        let message = format!("请填写办结日期，不早于成立之日（{on}）、不晚于今天");
        Problem::Invalid(vec![FieldError::new("done_on", message)])
    })?;
    Ok((task.code.clone(), day))
}

/// What of the preparations an election must not be announced without; what is left over may be done until the assembly.
pub(crate) fn before_election(pack: &FoundingPack, it: &Founding) -> Vec<String> {
    let open = pack.tasks.iter().filter(|task| it.tasks.iter().all(|done| done.0 != task.code));
    open.filter(|it| it.code != "others").map(|it| it.says.clone()).collect()
}

/// 完成: everything prepared, and the assembly has decided for good.
pub(crate) fn complete(
    pack: &FoundingPack,
    it: &Founding,
    elected_by: Option<DecisionId>,
    today: Date,
) -> Result<Stage, Problem> {
    let Stage::Formed { on: formed_on } = it.stage else { return Err(wrong(it).into()) };
    let open = pack.tasks.iter().filter(|task| it.tasks.iter().all(|done| done.0 != task.code));
    let open: Vec<&str> = open.map(|it| it.says.as_str()).collect();
    if it.kind == Kind::First && !open.is_empty() {
        return Err(FoundingRefusal::TasksOpen(open.join("；")).into());
    }
    match elected_by {
        Some(decision) => Ok(Stage::Done { on: today, formed_on, decision }),
        None => {
            let message = "请选择成立之后公告、选举已经通过并最终确认的业主大会表决";
            Err(Problem::Invalid(vec![FieldError::new("decision", message)]))
        }
    }
}

/// Whether a decision is what the group was formed for: an election that passed, noticed since.
pub(crate) fn is_its_own(it: &Founding, decision: &Decision, passed: &[u8]) -> bool {
    let Stage::Formed { on } = it.stage else { return false };
    let since = decision.stage.noticed().is_some_and(|noticed| on <= noticed.on);
    since && passed.contains(&ELECTION)
}

pub(crate) fn end(it: &Founding, form: &Going, today: Date) -> Result<Stage, Problem> {
    if !it.stage.is_open() {
        return Err(wrong(it).into());
    }
    let mut errors = vec![];
    let reason = said("reason", &form.reason, 200, "请写明终止的理由", &mut errors);
    if errors.is_empty() { Ok(Stage::Ended { on: today, reason }) } else { Err(Problem::Invalid(errors)) }
}

/// The next deadline, and what is due by it.
pub(crate) fn due(pack: &FoundingPack, it: &Founding) -> Option<(Date, &'static str)> {
    match it.stage {
        Stage::Applied => Some((it.applied_on.saturating_add(pack.form_within.days()), "组建小组")),
        // The first day on which it may be confirmed.
        Stage::Posted { on } => Some((posted_until(pack, on).saturating_add(1.days()), "确认成立")),
        Stage::Formed { on } => Some((on.saturating_add(pack.assemble_within.days()), "召开业主大会会议")),
        Stage::Done { .. } | Stage::Ended { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn founding(stage: Stage) -> Founding {
        Founding {
            id: 1.into(),
            place: kernel::Place::default(),
            kind: Kind::First,
            applied_on: date(2024, 8, 1),
            ground: String::new(),
            stage,
            group: Group::default(),
            tasks: vec![],
            version: 1,
        }
    }

    fn applying(condition: &str, area: &str, heads: &str, delivered: &str) -> Result<(), Problem> {
        let form = Applying {
            kind: "first".into(),
            applied_on: "2024-08-20".into(),
            condition: condition.into(),
            area_percent: area.into(),
            heads_percent: heads.into(),
            delivered_on: delivered.into(),
        };
        let code = match condition {
            "shandong" => "370102",
            "shanghai" => "310101",
            "hangzhou" => "330106",
            "henan" => "410102",
            _ => "341523",
        };
        apply(&PACK, code, &form, date(2024, 8, 20)).map(|_| ())
    }

    // 指导规则 Art. 8 says “超过”; the places say “达到”: the number itself parts them.
    #[test]
    fn a_first_assembly_waits_for_its_places_condition() {
        for (place, area, heads, delivered, met) in [
            ("national", "50", "", "", false),
            ("national", "50.01", "", "", true),
            ("national", "５０．０１％", "", "", true),
            ("shandong", "50", "", "", true),
            ("shandong", "10", "50", "", true),
            ("shandong", "10", "25", "2022-08-20", true),
            ("shandong", "10", "25", "2022-08-21", false),
            ("hangzhou", "59.99", "", "2023-01-01", false),
            ("hangzhou", "30", "", "2022-01-01", true),
            ("shanghai", "0", "", "2022-08-20", true),
            ("henan", "0", "29.99", "", false),
        ] {
            assert_eq!(
                applying(place, area, heads, delivered).is_ok(),
                met,
                "{place} {area} {heads} {delivered}"
            );
        }
        for wrong in ["101", "-1", "很多", "50.001", ""] {
            assert!(applying("national", wrong, "", "").is_err(), "{wrong}");
        }
        assert!(applying("mars", "99", "", "").is_err());
        // Nobody picks the rule that suits them: Shucheng has the national one, Jinan its own.
        let of = |code| PACK.conditions_of(code).iter().map(|it| it.code.as_str()).collect::<Vec<_>>();
        assert_eq!(of("341523"), ["national"]);
        assert_eq!(of("370102"), ["shandong"]);
    }

    fn group(sides: &[&str], head: usize) -> Result<Group, Problem> {
        let form = Grouping {
            name: (0..sides.len())
                .map(|n| format!("某{}", ['甲', '乙', '丙', '丁', '戊', '己'][n % 6]))
                .collect(),
            side: sides.iter().map(|it| (*it).to_owned()).collect(),
            head: head.to_string(),
            recommended: "居民代表会议推荐".into(),
            reviewed: "社区党委会议审核".into(),
            version: "1".into(),
        };
        put_together(&PACK, &founding(Stage::Applied), &form)
    }

    // covers: SC-027
    #[test]
    fn the_group_is_odd_has_enough_owners_a_head_from_the_street_and_passed_its_gates() {
        let five = ["owner", "owner", "owner", "street", "neighborhood"];
        assert!(group(&five, 3).is_ok());
        assert!(group(&five, 0).is_err(), "an owner heads no group");
        assert!(group(&["owner", "owner", "owner", "street"], 3).is_err(), "even");
        assert!(group(&["owner", "owner", "developer", "street", "neighborhood"], 3).is_err(), "two of five");
        assert!(group(&["owner", "street", "owner"], 1).is_err(), "too small");
        let twice = Grouping {
            name: ["某甲", "某甲", "某丙", "某丁", "某戊"].map(str::to_owned).to_vec(),
            side: five.map(str::to_owned).to_vec(),
            head: "3".into(),
            recommended: "推荐".into(),
            reviewed: "审核".into(),
            version: "1".into(),
        };
        assert!(put_together(&PACK, &founding(Stage::Applied), &twice).is_err(), "one person counts once");
        let silent = Grouping {
            name: ["某甲", "某乙", "某丙", "某丁", "某戊"].map(str::to_owned).to_vec(),
            side: five.map(str::to_owned).to_vec(),
            head: "3".into(),
            version: "1".into(),
            ..Grouping::default()
        };
        let Err(Problem::Invalid(errors)) = put_together(&PACK, &founding(Stage::Applied), &silent) else {
            panic!("nobody said how they were chosen")
        };
        let fields: Vec<_> = errors.iter().map(|it| it.field.as_ref()).collect();
        assert_eq!(fields, ["recommended", "reviewed"]);
    }

    #[test]
    fn it_is_posted_formed_and_done_in_its_time() {
        let posted = founding(Stage::Posted { on: date(2024, 8, 20) });
        assert_eq!(
            confirm(&PACK, &posted, (0, 0), date(2024, 8, 27)),
            Err(FoundingRefusal::StillPosted(date(2024, 8, 27)))
        );
        let on = date(2024, 8, 28);
        assert_eq!(confirm(&PACK, &posted, (0, 0), on), Ok(Stage::Formed { on }));
        assert_eq!(confirm(&PACK, &posted, (2, 1), on), Err(FoundingRefusal::ObjectionsOpen(2)));
        assert_eq!(confirm(&PACK, &posted, (0, 1), on), Err(FoundingRefusal::ObjectionUpheld));
        assert_eq!(due(&PACK, &posted), Some((on, "确认成立")));
        assert_eq!(due(&PACK, &founding(Stage::Applied)), Some((date(2024, 9, 30), "组建小组")));
        assert_eq!(due(&PACK, &founding(Stage::Formed { on })).unwrap().0, date(2024, 11, 26));
        let unready = complete(&PACK, &founding(Stage::Formed { on }), None, on).unwrap_err();
        assert!(unready.to_string().contains("草拟管理规约"), "{unready}");
    }
}
