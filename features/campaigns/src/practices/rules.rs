//! What an article and a record of publicity must be. Pure.

use jiff::{Timestamp, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use super::types::{Channel, Practice, PracticeForm, PublicationForm, Stage};

const LONGEST_BODY: usize = 5_000;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PracticeRefusal {
    #[error("这篇经验已经发布，不能再修改；如需更正，请先由主办单位撤下")]
    Published,
    #[error("这篇经验还没有报送或已经处理过，请刷新页面再看")]
    NotSubmitted,
    #[error("只有已发布的经验才能撤下")]
    NotPublished,
    #[error("这条宣传记录已经作废")]
    Void,
}

impl Refusal for PracticeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Published => "campaigns.practice_published",
            Self::NotSubmitted => "campaigns.practice_not_submitted",
            Self::NotPublished => "campaigns.practice_not_published",
            Self::Void => "campaigns.publication_void",
        }
    }
}

/// Title and text as they are kept, without anybody's numbers.
pub(crate) fn article(form: &PracticeForm) -> Result<(String, String), Problem> {
    let mut errors = vec![];
    let title = identifiers::mask_numbers(form.title.trim());
    if title.is_empty() || 60 < title.chars().count() {
        errors.push(FieldError::new("title", "请填写标题，不超过60个字"));
    }
    let body = identifiers::mask_numbers(form.body.trim());
    let n = body.chars().count();
    if !(20..=LONGEST_BODY).contains(&n) {
        errors
            .push(FieldError::new("body", format!("请写明做法和成效，20至{LONGEST_BODY}个字，现在{n}个字")));
    }
    if errors.is_empty() { Ok((title, body)) } else { Err(Problem::Invalid(errors)) }
}

/// Written again after it was sent back or taken down; never under the reader's eyes.
pub(crate) fn must_be_writable(practice: &Practice) -> Result<(), PracticeRefusal> {
    if matches!(practice.stage, Stage::Published { .. }) { Err(PracticeRefusal::Published) } else { Ok(()) }
}

pub(crate) fn publish(practice: &Practice, now: Timestamp) -> Result<Stage, PracticeRefusal> {
    match practice.stage {
        Stage::Submitted => Ok(Stage::Published { at: now }),
        _ => Err(PracticeRefusal::NotSubmitted),
    }
}

/// 退回 what was handed in, 撤下 what was published.
pub(crate) fn send_back(practice: &Practice, reason: &str) -> Result<Stage, Problem> {
    let reason = identifiers::mask_numbers(reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("reason", "请写明理由，不超过200个字")]));
    }
    match practice.stage {
        Stage::Submitted => Ok(Stage::Returned { reason }),
        Stage::Published { .. } => Ok(Stage::Withdrawn { reason }),
        _ => Err(PracticeRefusal::NotPublished.into()),
    }
}

/// A record of publicity as it is kept.
pub(crate) struct Told {
    pub(crate) channel: Channel,
    pub(crate) medium: String,
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) on: Date,
}

pub(crate) fn publication(form: &PublicationForm, today: Date) -> Result<Told, Problem> {
    let mut errors = vec![];
    let channel = Channel::from_code(&form.channel);
    if channel.is_none() {
        errors.push(FieldError::new("channel", "请选择渠道"));
    }
    let text = |it: &str| identifiers::mask_numbers(it.trim());
    let (medium, title, link) = (text(&form.medium), text(&form.title), form.link.trim().to_owned());
    if medium.is_empty() || 60 < medium.chars().count() {
        errors.push(FieldError::new("medium", "请填写公众号、网站或媒体的名称，不超过60个字"));
    }
    if title.is_empty() || 100 < title.chars().count() {
        errors.push(FieldError::new("title", "请填写标题，不超过100个字"));
    }
    // Shown as a link: anything that is not a page of the web could run something in the reader's browser.
    let web = link.starts_with("https://") || link.starts_with("http://");
    if !link.is_empty() && (!web || 500 < link.len() || link.contains(char::is_whitespace)) {
        errors.push(FieldError::new("link", "链接应以 https:// 或 http:// 开头；没有链接的可不填"));
    }
    let on = form.published_on.trim().parse::<Date>().ok().filter(|it| *it <= today);
    if on.is_none() {
        errors.push(FieldError::new("published_on", "请填写发布日期，不晚于今天"));
    }
    match (channel, on) {
        (Some(channel), Some(on)) if errors.is_empty() => Ok(Told { channel, medium, title, link, on }),
        _ => Err(Problem::Invalid(errors)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_page_of_the_web_or_nothing() {
        let wrong = |link: &str| {
            let form = PublicationForm {
                channel: "wechat".into(),
                medium: "城管发布".into(),
                title: "小区里的议事亭".into(),
                link: link.into(),
                published_on: "2024-09-01".into(),
            };
            match publication(&form, "2024-09-02".parse().unwrap()) {
                Ok(_) => vec![],
                Err(Problem::Invalid(errors)) => errors.iter().map(|it| it.field.to_string()).collect(),
                Err(other) => panic!("{other:?}"),
            }
        };
        for link in ["", "https://example.cn/a?b=1", "http://example.cn"] {
            assert_eq!(wrong(link), Vec::<String>::new());
        }
        for link in ["javascript:alert(1)", "example.cn", "https://a b", "data:text/html,x"] {
            assert_eq!(wrong(link), ["link"]);
        }
    }
}
