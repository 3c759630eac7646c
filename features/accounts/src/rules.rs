//! What a sign-in, a password and a post must be. Pure: no clock, no store, no `async`.

use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{FieldError, Problem, Refusal, Role, Scope};

use crate::types::{ChoosePassword, Grant, NewGrant, NewUser, Signed};

/// GB/T 22239-2019 D-01 and ASVS 6.2.1: staff passwords.
const SHORTEST_PASSWORD: usize = 12;
const LONGEST_PASSWORD: usize = 128;
/// Wrong passwords that one bucket may send in an hour.
pub(crate) const MOST_ATTEMPTS: i64 = 10;
pub(crate) const ATTEMPTS_COUNT_FOR: SignedDuration = SignedDuration::from_hours(1);
/// A staff session ends after so long without a request, and in any case after twelve hours.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
const LONGEST_SESSION: SignedDuration = SignedDuration::from_hours(12);
/// An owner's phone stays signed in: thirty days, and a week without a request.
const OWNERS_SESSION: SignedDuration = SignedDuration::from_hours(30 * 24);
const OWNERS_IDLE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a sensitive act may follow without showing again who one is.
const FRESH: SignedDuration = SignedDuration::from_mins(15);
/// How long after the password the code may come.
pub(crate) const HALF_LASTS: SignedDuration = SignedDuration::from_mins(5);
/// How long a one-time code is good for.
pub(crate) const CODE_LASTS: SignedDuration = SignedDuration::from_hours(72);
/// Words that every guesser tries first.
const COMMON: &[&str] =
    &["password", "12345678", "qwerty", "jiayuan", "admin", "abc123", "88888888", "66666666", "woaini"];

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AccountRefusal {
    #[error("登录名或密码不正确，请核对后重试")]
    WrongPassword,
    #[error("尝试次数过多，请一小时后再试；如忘记密码，请联系本单位系统管理员")]
    TooManyAttempts,
    #[error("这个账号没有有效的职务，请联系本单位安全管理员授权")]
    NoHat,
    #[error("验证码不正确或已用过，请输入验证器上新的6位数字")]
    WrongFactor,
    #[error("登录已超时，请重新输入登录名和密码")]
    HalfOver,
    #[error("密码不正确，请重新输入")]
    WrongAgain,
    #[error("已经启用两步验证。更换手机时请先停用再重新启用")]
    FactorThere,
    #[error("还没有开始启用两步验证，请从“我的账号”进入")]
    NoFactor,
    #[error("一次性代码不正确或已过期，请向发给您代码的人重新索取")]
    WrongCode,
    #[error("系统管理员、安全管理员、审计管理员须由不同的人担任，此人已担任其中之一")]
    TwoOffices,
    #[error("系统管理员、安全管理员、审计管理员不兼任业务职务，请另建账号")]
    OfficeAndBusiness,
    #[error("不能给自己授权，请由另一位安全管理员办理")]
    OwnGrant,
    #[error("不能停用自己的账号，请由另一位系统管理员办理")]
    OwnAccount,
    #[error("职务与范围不相符：{0}")]
    WrongScope(&'static str),
}

impl Refusal for AccountRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongPassword => "accounts.wrong_password",
            Self::TooManyAttempts => "accounts.too_many_attempts",
            Self::NoHat => "accounts.no_hat",
            Self::WrongCode => "accounts.wrong_code",
            Self::WrongFactor => "accounts.wrong_factor",
            Self::HalfOver => "accounts.half_over",
            Self::WrongAgain => "accounts.wrong_again",
            Self::FactorThere => "accounts.factor_there",
            Self::NoFactor => "accounts.no_factor",
            Self::TwoOffices => "accounts.two_offices",
            Self::OfficeAndBusiness => "accounts.office_and_business",
            Self::OwnGrant => "accounts.own_grant",
            Self::OwnAccount => "accounts.own_account",
            Self::WrongScope(_) => "accounts.wrong_scope",
        }
    }
}

/// How long a session of this post lasts at most.
pub(crate) fn longest_session(role: Role) -> SignedDuration {
    if role == Role::Owner { OWNERS_SESSION } else { LONGEST_SESSION }
}

/// Whether a session still holds at `now` under the post that is worn.
pub(crate) fn is_alive(session: &Signed, role: Role, now: Timestamp) -> bool {
    let idle = if role == Role::Owner { OWNERS_IDLE } else { IDLE };
    let ends_at = session.ends_at.min(session.started_at + longest_session(role));
    now < ends_at && now.duration_since(session.seen_at) < idle
}

/// Whether the person behind a session showed who they are recently enough for a sensitive act (ASVS 7.5.1).
pub(crate) fn is_fresh(session: &Signed, now: Timestamp) -> bool {
    now.duration_since(session.shown_at) < FRESH
}

/// A session is touched at most once a minute, so that reading pages costs no write.
pub(crate) fn wants_touch(session: &Signed, now: Timestamp) -> bool {
    SignedDuration::from_mins(1) <= now.duration_since(session.seen_at)
}

/// A name to sign in with: letters, digits, dots; told apart without regard to case.
pub(crate) fn sign_in_name(text: &str) -> Result<String, FieldError> {
    let name = text.trim().to_lowercase();
    let right = (3..=32).contains(&name.chars().count())
        && name.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '_' | '-'));
    if right {
        Ok(name)
    } else {
        Err(FieldError::new("sign_in_name", "登录名应为3至32个字母、数字或汉字，可含 . _ -"))
    }
}

pub(crate) fn new_user(form: &NewUser) -> Result<(String, String), Problem> {
    let mut errors = vec![];
    let sign_in_name = sign_in_name(&form.sign_in_name).map_err(|it| errors.push(it)).unwrap_or_default();
    let name = form.name.trim().to_owned();
    if name.is_empty() || 40 < name.chars().count() {
        errors.push(FieldError::new("name", "请填写姓名，不超过40个字"));
    }
    if errors.is_empty() { Ok((sign_in_name, name)) } else { Err(Problem::Invalid(errors)) }
}

/// A password that is long, typed twice alike, and not what everybody tries first.
pub(crate) fn password(form: &ChoosePassword) -> Result<(), Problem> {
    let length = form.password.chars().count();
    let lower = form.password.to_lowercase();
    let name = form.sign_in_name.trim().to_lowercase();
    let mut errors = vec![];
    if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
        errors.push(FieldError::new(
            "password",
            format!("密码应为{SHORTEST_PASSWORD}至{LONGEST_PASSWORD}个字符，可用一句话"),
        ));
    } else if COMMON.iter().any(|it| lower.contains(it)) || (!name.is_empty() && lower.contains(&name)) {
        errors.push(FieldError::new("password", "密码中含有常见词或登录名，容易被猜中，请换一个"));
    }
    if form.password != form.again {
        errors.push(FieldError::new("again", "两次输入的密码不一致，请重新输入"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::Invalid(errors)) }
}

/// The post a security administrator fills in.
pub(crate) fn grant(
    form: &NewGrant,
    held: &[Grant],
    today: Date,
) -> Result<(Role, Scope, String, Option<Date>), Problem> {
    let mut errors = vec![];
    let role = Role::from_code(&form.role).filter(|it| !matches!(it, Role::Job | Role::Public));
    if role.is_none() {
        errors.push(FieldError::new("role", "请选择职务"));
    }
    let scope = form
        .scope
        .split_once(':')
        .and_then(|(kind, number)| Some(Scope::from_code(kind, number.parse().ok()?)));
    if scope.is_none() {
        errors.push(FieldError::new("scope", "请选择范围"));
    }
    let label = form.label.trim().to_owned();
    if label.is_empty() || 60 < label.chars().count() {
        errors.push(FieldError::new("label", "请填写单位名称，不超过60个字"));
    }
    let until = form.valid_until.trim();
    let until = if until.is_empty() { Ok(None) } else { until.parse::<Date>().map(Some) };
    if until.as_ref().is_ok_and(|it| it.is_some_and(|it| it < today)) || until.is_err() {
        errors.push(FieldError::new("valid_until", "截止日期应不早于今天，写成 2026-12-31；长期有效请留空"));
    }
    let (Some(role), Some(scope), Ok(until), true) = (role, scope, until, errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    let holds_office = held.iter().any(|it| it.role.is_administrator() && it.is_in_force(today));
    if role.is_administrator() && holds_office {
        return Err(AccountRefusal::TwoOffices.into());
    }
    let holds_business = held.iter().any(|it| !it.role.is_administrator() && it.is_in_force(today));
    if holds_office || (role.is_administrator() && holds_business) {
        return Err(AccountRefusal::OfficeAndBusiness.into());
    }
    fits(role, &scope)?;
    Ok((role, scope, label, until))
}

/// The part of the world a role is for.
fn fits(role: Role, scope: &Scope) -> Result<(), AccountRefusal> {
    let (right, said) = match role {
        Role::CityBureau => (matches!(scope, Scope::City(_)), "请选择市"),
        Role::Assessor => (matches!(scope, Scope::City(_) | Scope::County(_)), "请选择市或县区"),
        Role::CountyBureau => (matches!(scope, Scope::County(_)), "请选择县区"),
        Role::Subdistrict => (matches!(scope, Scope::Subdistrict(_)), "请选择街道（乡镇）"),
        Role::Neighborhood | Role::GridWorker => (matches!(scope, Scope::Neighborhood(_)), "请选择社区"),
        Role::Enterprise => (matches!(scope, Scope::Enterprise(_)), "请选择物业服务企业"),
        Role::CoHandler => {
            (matches!(scope, Scope::Department(_)), "请选择部门；没有列出的，请县局先登记县直部门")
        }
        Role::PartyBranch | Role::OwnersCommittee | Role::Owner | Role::PreparatoryGroup => {
            (matches!(scope, Scope::Community(_)), "请选择小区")
        }
        _ => (true, ""),
    };
    if right { Ok(()) } else { Err(AccountRefusal::WrongScope(said)) }
}

#[cfg(test)]
mod tests {
    use kernel::UserId;

    use super::*;

    fn chosen(password: &str, again: &str) -> Result<(), Vec<String>> {
        let form = ChoosePassword {
            sign_in_name: "zhangsan".into(),
            password: password.into(),
            again: again.into(),
            ..ChoosePassword::default()
        };
        match super::password(&form) {
            Err(Problem::Invalid(errors)) => Err(errors.iter().map(|it| it.field.to_string()).collect()),
            Ok(()) => Ok(()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_password_is_long_and_not_a_common_one() {
        assert_eq!(chosen("电梯口的桂花开了没有呀真香", "电梯口的桂花开了没有呀真香"), Ok(()));
        assert_eq!(chosen("short", "short"), Err(vec!["password".to_owned()]));
        assert_eq!(chosen("zhangsan-2024-long", "zhangsan-2024-long"), Err(vec!["password".to_owned()]));
        assert_eq!(chosen("my-password-is-long", "my-password-is-long"), Err(vec!["password".to_owned()]));
        assert_eq!(chosen("a-quite-different-one", "another"), Err(vec!["again".to_owned()]));
    }

    #[test]
    fn a_session_ends_when_idle_and_in_any_case() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let session = Signed {
            digest: String::new(),
            person: UserId::from(1),
            grant: 1.into(),
            device: String::new(),
            started_at: at("2024-08-20T00:00:00Z"),
            shown_at: at("2024-08-20T00:00:00Z"),
            seen_at: at("2024-08-20T01:00:00Z"),
            ends_at: at("2024-08-20T12:00:00Z"),
        };
        assert!(is_alive(&session, Role::CountyBureau, at("2024-08-20T01:29:59Z")));
        assert!(!is_alive(&session, Role::CountyBureau, at("2024-08-20T01:30:00Z")));
        let busy = Signed { seen_at: at("2024-08-20T11:59:59Z"), ..session };
        assert!(!is_alive(&busy, Role::CountyBureau, at("2024-08-20T12:00:00Z")));
    }

    #[test]
    fn nobody_is_two_of_the_three_administrators() {
        let today = "2024-08-20".parse().unwrap();
        let form = NewGrant {
            role: "audit_administrator".into(),
            scope: "city:1".into(),
            label: "市局".into(),
            valid_until: String::new(),
        };
        let held = Grant {
            id: 1.into(),
            person: UserId::from(1),
            role: Role::SystemAdministrator,
            scope: Scope::City(1),
            label: String::new(),
            valid_from: today,
            valid_until: None,
        };
        assert!(matches!(
            grant(&form, std::slice::from_ref(&held), today),
            Err(Problem::Refused { code: "accounts.two_offices", .. })
        ));
        let ended = Grant {
            valid_from: "2024-01-01".parse().unwrap(),
            valid_until: Some("2024-08-19".parse().unwrap()),
            ..held
        };
        assert!(grant(&form, &[ended], today).is_ok());
    }
}
