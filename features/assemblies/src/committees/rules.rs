//! Who may sit on a committee and for how long, what the composition should be, when it is too small. Pure.

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use super::{
    schedule::{DutyPack, owed},
    types::{Committee, Done, Founding, Fulfilling, Grade, Kind, Leaving, Member, Origin, Post},
};
use crate::{affairs::said, counting::Elected};

const LONGEST_WORDS: usize = 500;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CommitteeRefusal {
    #[error("这一届已经结束，不能再办理")]
    Ended,
    #[error("这一项已经办结，不能再改")]
    Done,
    #[error("现在没有空缺的席位，不能登记补选的委员")]
    NoVacancy,
    #[error("委员不足半数，应召开业主大会临时会议重新选举，不能补选")]
    TooSmall,
    #[error("“{0}”正在进行，结果最终确认后，从那次表决登记当选的业委会")]
    Voting(String),
    #[error("上一届的任期到{0}，新一届的当选日应在上一届当选日之后")]
    BeforeLast(Date),
}

impl Refusal for CommitteeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Ended => "assemblies.committee_ended",
            Self::Done => "assemblies.duty_done",
            Self::NoVacancy => "assemblies.no_vacancy",
            Self::TooSmall => "assemblies.committee_too_small",
            Self::Voting(_) => "assemblies.election_under_way",
            Self::BeforeLast(_) => "assemblies.committee_before_last",
        }
    }
}

/// What was typed, as a term with its members; or what is wrong with each field.
pub(crate) struct Founded {
    pub(crate) kind: Kind,
    pub(crate) elected_on: Date,
    pub(crate) term_ends_on: Date,
    pub(crate) common_income: bool,
    pub(crate) basis: String,
    pub(crate) members: Vec<Member>,
}

pub(crate) fn found(pack: &DutyPack, form: &Founding, today: Date) -> Result<Founded, Problem> {
    let mut errors = vec![];
    let kind = Kind::from_code(&form.kind);
    if kind.is_none() {
        errors.push(FieldError::new("kind", "请选择业主委员会或物业管理委员会"));
    }
    let size = pack.size(kind.unwrap_or(Kind::Owners));
    let elected = form.elected_on.trim().parse::<Date>().ok().filter(|it| *it <= today);
    if elected.is_none() {
        errors.push(FieldError::new("elected_on", "请选择当选（组建）日期，不能晚于今天"));
    }
    let longest = elected.map(|it| calendar::add_months(it, size.years * 12));
    let ends = form.term_ends_on.trim().parse::<Date>().ok();
    let ends =
        ends.filter(|it| elected.is_none_or(|from| from < *it) && longest.is_none_or(|most| *it <= most));
    if ends.is_none() {
        let message = format!("请选择任期届满日，任期最长{}年（{}）", size.years, size.source);
        errors.push(FieldError::new("term_ends_on", message));
    }
    let basis = said("basis", &form.basis, 100, "请填写依据的选举结果公告或备案文号", &mut errors);
    let members = members(form, &mut errors);
    let seats = members.iter().filter(|it| it.post != Post::Reserve).count();
    if errors.is_empty() && (seats < size.least || size.most < seats || seats.is_multiple_of(2)) {
        let message =
            format!("委员应为{}至{}人的单数（{}），现为{seats}人", size.least, size.most, size.source);
        errors.push(FieldError::new("name", message));
    }
    if errors.is_empty() && members.iter().filter(|it| it.post == Post::Chair).count() != 1 {
        errors.push(FieldError::new("name", "请指定一名主任"));
    }
    match (kind, elected, ends) {
        (Some(kind), Some(elected_on), Some(term_ends_on)) if errors.is_empty() => {
            let common_income = form.common_income == "yes";
            Ok(Founded { kind, elected_on, term_ends_on, common_income, basis, members })
        }
        _ => Err(Problem::Invalid(errors)),
    }
}

/// 依据 of a term from before, or from outside, this house: the number of a paper that was filed.
pub(crate) fn must_be_filed(basis: &str) -> Result<(), Problem> {
    let message = "请填写备案文号，写成“机关代字〔年份〕序号号”，如 舒城管备〔2023〕12号";
    match identifiers::DocumentNumber::parse(basis) {
        Ok(_) => Ok(()),
        Err(_) => Err(Problem::Invalid(vec![FieldError::new("basis", message)])),
    }
}

fn members(form: &Founding, errors: &mut Vec<FieldError>) -> Vec<Member> {
    let at = |column: &[String], n: usize| column.get(n).map_or("", |it| it.trim()).to_owned();
    let mut members: Vec<Member> = vec![];
    for n in 0..form.name.len().min(40) {
        let name = at(&form.name, n);
        if name.is_empty() {
            continue;
        }
        let post = Post::ALL.iter().find(|it| it.1 == at(&form.post, n)).map(|it| it.0);
        let origin = Origin::ALL.iter().find(|it| it.1 == at(&form.origin, n)).map(|it| it.0);
        if 20 < name.chars().count() || name.chars().any(|it| it.is_ascii_digit()) {
            errors.push(FieldError::new("name", format!("第{}行请只填姓名，不超过20个字", n + 1)));
        }
        if members.iter().any(|it| it.name == name) {
            errors.push(FieldError::new("name", format!("第{}行的姓名重复了", n + 1)));
        }
        let (post, origin) = (post.unwrap_or(Post::Member), origin.unwrap_or(Origin::Owner));
        members.push(Member {
            name,
            post,
            party: at(&form.party, n) == "yes",
            origin,
            left: None,
            joined: None,
        });
    }
    if members.is_empty() {
        errors.push(FieldError::new("name", "请逐行填写委员姓名"));
    }
    members
}

/// A committee of owners follows the newest final election there is; whoever is registered from one was elected in it. A management
/// committee is put together, not elected.
pub(crate) fn must_follow(founded: &Founded, named: &str, election: Option<&Elected>) -> Result<(), Problem> {
    let wrong =
        |field: &'static str, message: String| Err(Problem::Invalid(vec![FieldError::new(field, message)]));
    let elected = match election {
        None if named.is_empty() => return Ok(()),
        None => return Err(Problem::NotFound),
        Some(_) if founded.kind == Kind::Management && named.is_empty() => return Ok(()),
        Some(it) => it,
    };
    if named.is_empty() {
        let message =
            format!("本小区的选举已经最终确认（{}），请从那次表决的“登记当选的业委会”登记", elected.basis);
        return wrong("name", message);
    }
    if founded.kind != Kind::Owners {
        return wrong("kind", "选举产生的是业主委员会，请核对类别".to_owned());
    }
    if founded.elected_on < elected.on {
        return wrong("elected_on", format!("当选日期不早于结果公示日（{}）", elected.on));
    }
    for it in &founded.members {
        let known = |names: &[String]| names.contains(&it.name);
        let may_sit = known(&elected.members) || known(&elected.tied_for_seats);
        let may_wait = may_sit || known(&elected.reserves) || known(&elected.tied_for_reserve);
        match it.post {
            Post::Reserve if may_wait => {}
            Post::Reserve => return wrong("name", format!("{}不在候补名单里，请按选举结果填写", it.name)),
            _ if may_sit => {}
            _ if may_wait => return wrong("name", format!("{}是候补，请把职务选为候补", it.name)),
            _ => return wrong("name", format!("{}没有当选，请按选举结果填写", it.name)),
        }
    }
    // Of equal votes no more sit than seats are left.
    let sitting = founded.members.iter().filter(|it| it.post != Post::Reserve).count();
    if elected.seats < sitting {
        return wrong("name", format!("这次选举的席位是{}个，现在填了{sitting}名委员", elected.seats));
    }
    Ok(())
}

/// What the form of a new term begins with after an election: the longest term, every name in the order of the votes.
pub(crate) fn from_election(pack: &DutyPack, election: String, elected: &Elected) -> Founding {
    let ends = calendar::add_months(elected.on, pack.owners.years * 12);
    let all = elected.members.iter().map(|it| (it, "member"));
    let all: Vec<_> = all.chain(elected.reserves.iter().map(|it| (it, "reserve"))).collect();
    Founding {
        kind: "owners".to_owned(),
        elected_on: elected.on.to_string(),
        term_ends_on: ends.to_string(),
        common_income: String::new(),
        basis: elected.basis.clone(),
        election,
        name: all.iter().map(|it| it.0.clone()).collect(),
        post: all.iter().map(|it| it.1.to_owned()).collect(),
        party: vec![],
        origin: vec![],
    }
}

/// A new term comes after the one before it.
pub(crate) fn follows(before: Option<&Committee>, founded: &Founded) -> Result<(), CommitteeRefusal> {
    match before {
        Some(it) if founded.elected_on <= it.elected_on => Err(CommitteeRefusal::BeforeLast(it.term_ends_on)),
        _ => Ok(()),
    }
}

pub(crate) fn must_sit(committee: &Committee) -> Result<(), CommitteeRefusal> {
    if committee.ended.is_some() { Err(CommitteeRefusal::Ended) } else { Ok(()) }
}

/// The duty a form names, and when and how it was done.
pub(crate) fn fulfil(
    pack: &DutyPack,
    committee: &Committee,
    form: &Fulfilling,
    is_done: bool,
    today: Date,
) -> Result<Done, Problem> {
    let due = owed(pack, committee, today.saturating_add(1.year()));
    let due = due.into_iter().find(|it| it.key == form.key).ok_or(Problem::NotFound)?;
    if is_done {
        return Err(CommitteeRefusal::Done.into());
    }
    let mut errors = vec![];
    let on = form.done_on.trim().parse::<Date>().ok();
    let on = on.filter(|it| *it <= today && committee.elected_on <= *it);
    if on.is_none() {
        errors.push(FieldError::new("done_on", "请选择办结日期，在当选之后、不晚于今天"));
    }
    let words = identifiers::mask_numbers(form.words.trim());
    if words.is_empty() || LONGEST_WORDS < words.chars().count() {
        errors.push(FieldError::new("words", "请写明办理情况和依据的材料，不超过500个字"));
    }
    let graded = pack.duty(&due.code).is_some_and(|it| it.graded);
    let grade = Grade::from_code(&form.grade).filter(|_| graded);
    if graded && grade.is_none() {
        errors.push(FieldError::new("grade", "请选择述职评议的等次"));
    }
    match on.filter(|_| errors.is_empty()) {
        Some(done_on) => Ok(Done { key: due.key, done_on, words, grade }),
        None => Err(Problem::Invalid(errors)),
    }
}

/// 离任: the first reserve takes the seat.
pub(crate) fn leave(committee: &Committee, form: &Leaving, today: Date) -> Result<Vec<Member>, Problem> {
    must_sit(committee)?;
    let mut members = committee.members.clone();
    let at = form.member.parse::<usize>().ok();
    let at = at.filter(|it| members.get(*it).is_some_and(|it| it.left.is_none())).ok_or(Problem::NotFound)?;
    let on = form.left_on.trim().parse::<Date>().ok();
    let on = on.filter(|it| committee.elected_on <= *it && *it <= today);
    let reason = identifiers::mask_numbers(form.reason.trim());
    let mut errors = vec![];
    if on.is_none() {
        errors.push(FieldError::new("left_on", "请选择离任日期，在当选之后、不晚于今天"));
    }
    if reason.is_empty() || 200 < reason.chars().count() {
        errors.push(FieldError::new("reason", "请写明离任原因，如辞职、不再是业主，不超过200个字"));
    }
    let Some(on) = on.filter(|_| errors.is_empty()) else { return Err(Problem::Invalid(errors)) };
    let had_seat = members[at].post != Post::Reserve;
    members[at].left = Some((on, reason));
    let reserve = members.iter_mut().find(|it| it.post == Post::Reserve && it.left.is_none());
    if let Some(it) = reserve.filter(|_| had_seat) {
        it.post = Post::Member;
    }
    Ok(members)
}

/// What somebody should look at: none of it bars anything.
pub(crate) fn warnings(pack: &DutyPack, it: &Committee, today: Date) -> Vec<String> {
    let mut warnings = vec![];
    let sitting: Vec<&Member> = it.sitting().collect();
    let party = sitting.iter().filter(|it| it.party).count();
    if !sitting.is_empty() && (party as i64) * 100 < pack.party_percent * sitting.len() as i64 {
        warnings.push(format!(
            "党员{party}人，占{}人的比例低于{}%（一般不低于，提示不影响效力）",
            sitting.len(),
            pack.party_percent
        ));
    }
    // 指导规则 Art. 46: fewer than half.
    if super::by_elections::is_too_small(it) {
        warnings.push(format!(
            "委员不足半数（在任{}人，应有{}人），应召开业主大会临时会议重新选举",
            sitting.len(),
            it.seats
        ));
    }
    if it.term_ends_on < today {
        warnings.push(format!("任期已于{}届满，应组织换届", it.term_ends_on));
    } else if it.term_ends_on <= today.saturating_add(3.months()) {
        warnings.push(format!("任期到{}届满，距届满不足3个月，应启动换届", it.term_ends_on));
    }
    warnings
}

/// 交叉任职: members who also serve in the neighborhood.
pub(crate) fn crossing(it: &Committee) -> usize {
    let crosses = [Origin::NeighborhoodCommittee, Origin::GridWorker, Origin::Appointed];
    it.sitting().filter(|it| crosses.contains(&it.origin)).count()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::committees::{schedule::PACK, types::CommitteeId};

    fn form(members: usize, party: usize) -> Founding {
        let column = |of: &dyn Fn(usize) -> &'static str| (0..members).map(|n| of(n).to_owned()).collect();
        Founding {
            kind: "owners".into(),
            basis: "选举结果公告".into(),
            elected_on: "2023-05-20".into(),
            term_ends_on: "2026-05-19".into(),
            name: (0..members)
                .map(|n| format!("委员{}", ["甲", "乙", "丙", "丁", "戊", "己", "庚"][n]))
                .collect(),
            post: column(&|n| if n == 0 { "chair" } else { "member" }),
            party: column(&|n| if n < party { "yes" } else { "" }),
            origin: column(&|_| "owner"),
            ..Founding::default()
        }
    }

    fn committee(members: usize, party: usize) -> Committee {
        let founded = found(&PACK, &form(members, party), date(2024, 8, 20)).ok().unwrap();
        Committee {
            id: CommitteeId::from(1),
            place: kernel::Place::default(),
            n: 1,
            kind: founded.kind,
            elected_on: founded.elected_on,
            term_ends_on: founded.term_ends_on,
            common_income: false,
            seats: founded.members.len() as i64,
            members: founded.members,
            ended: None,
            version: 1,
        }
    }

    fn faults(form: &Founding) -> String {
        match found(&PACK, form, date(2024, 8, 20)) {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|it| it.message).collect(),
            _ => panic!("nothing is wrong"),
        }
    }

    #[test]
    fn a_committee_is_five_to_eleven_odd_with_one_chair_for_five_years_at_most() {
        assert!(faults(&form(4, 0)).contains("5至11人的单数（指导规则第31、32条），现为4人"));
        assert!(faults(&form(6, 0)).contains("现为6人"));
        assert!(faults(&Founding { post: vec![], ..form(5, 0) }).contains("请指定一名主任"));
        assert!(
            faults(&Founding { term_ends_on: "2028-05-21".into(), ..form(5, 0) }).contains("任期最长5年")
        );
        assert!(faults(&Founding { kind: "management".into(), ..form(5, 0) }).contains("7至15人"));
        assert!(faults(&Founding { elected_on: "2024-08-21".into(), ..form(5, 0) }).contains("不能晚于今天"));
    }

    // covers: LA-051, SC-029, FX-032
    #[test]
    fn fewer_than_six_of_ten_party_members_is_a_warning_and_no_more() {
        let told = |party| warnings(&PACK, &committee(5, party), date(2024, 8, 20)).join("");
        assert_eq!(told(3), "");
        assert!(told(2).contains("党员2人，占5人的比例低于60%"));
    }

    #[test]
    fn a_reserve_takes_the_seat_and_fewer_than_half_call_for_an_election() {
        let mut it = committee(5, 3);
        it.members.push(Member {
            name: "候补".into(),
            post: Post::Reserve,
            party: false,
            origin: Origin::Owner,
            left: None,
            joined: None,
        });
        let today = date(2024, 8, 20);
        let gone =
            |n: &str| Leaving { member: n.into(), left_on: "2024-08-01".into(), reason: "辞职".into() };
        for (n, sitting) in [("1", 5), ("2", 4), ("3", 3)] {
            it.members = leave(&it, &gone(n), today).unwrap();
            assert_eq!(it.sitting().count(), sitting);
        }
        assert!(!warnings(&PACK, &it, today).join("").contains("不足半数"));
        it.members = leave(&it, &gone("4"), today).unwrap();
        assert!(warnings(&PACK, &it, today).join("").contains("在任2人，应有5人"));
        assert!(leave(&it, &gone("4"), today).is_err(), "nobody leaves twice");
    }

    #[test]
    fn a_term_near_its_end_is_told() {
        let at = |day| warnings(&PACK, &committee(5, 3), day).join("");
        assert_eq!(at(date(2026, 2, 18)), "");
        assert!(at(date(2026, 2, 19)).contains("不足3个月"));
        assert!(at(date(2026, 5, 20)).contains("已于2026-05-19届满"));
    }
}
