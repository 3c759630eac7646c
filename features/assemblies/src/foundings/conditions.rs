//! What a first assembly waits for and what a group is measured by: the rule's numbers and what places have made of them. Pure.

use std::sync::LazyLock;

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Ratio};
use serde::Deserialize;

use super::types::Applying;

/// The pack that ships.
pub(crate) static PACK: LazyLock<FoundingPack> = LazyLock::new(|| {
    let text = include_str!("../../../../packs/national-2009-committees/founding.toml");
    toml::from_str(text).unwrap_or_else(|it| panic!("the shipped preparations: {it}"))
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FoundingPack {
    pub(crate) title: String,
    /// Days from the application, and from the formation.
    pub(crate) form_within: i64,
    pub(crate) assemble_within: i64,
    pub(crate) posted_days: i64,
    pub(crate) least: usize,
    pub(crate) most: usize,
    pub(crate) owners: Share,
    pub(crate) source: String,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) tasks: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Share {
    pub(crate) num: usize,
    pub(crate) den: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Condition {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) says: String,
    /// The first digits of the 区划代码 it is the rule of; none: of every place without its own.
    #[serde(default)]
    codes: Vec<String>,
    any: Vec<All>,
}

/// What has to hold together: percents of the whole, and years since the first unit was handed over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    area_over: Option<i128>,
    area_from: Option<i128>,
    heads_from: Option<i128>,
    years: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Task {
    pub(crate) code: String,
    pub(crate) says: String,
}

/// The figures of a community on the day of the application.
struct Figures {
    area: Ratio,
    heads: Option<Ratio>,
    delivered_on: Option<Date>,
}

impl All {
    fn holds(&self, it: &Figures, today: Date) -> bool {
        let heads = |from: i128| it.heads.is_some_and(|it| Ratio::whole(from) <= it);
        let years = |years: i64| it.delivered_on.is_some_and(|it| it.saturating_add(years.years()) <= today);
        self.area_over.is_none_or(|over| Ratio::whole(over) < it.area)
            && self.area_from.is_none_or(|from| Ratio::whole(from) <= it.area)
            && self.heads_from.is_none_or(heads)
            && self.years.is_none_or(years)
    }
}

/// A percent as typed, to two decimals.
fn percent(typed: &str) -> Option<Ratio> {
    let typed = identifiers::narrowed(typed);
    let typed = typed.trim().trim_end_matches(['%', '％']);
    let (whole, rest) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) || 2 < rest.len() || 3 < whole.len() {
        return None;
    }
    let hundredths = format!("{whole}{rest:0<2}").parse::<i128>().ok().filter(|it| *it <= 10_000)?;
    Ratio::whole(hundredths).over(Ratio::whole(100))
}

impl FoundingPack {
    /// The conditions a place may be measured by: its own, or else the national one.
    pub(crate) fn conditions_of(&self, place_code: &str) -> Vec<&Condition> {
        let own = |it: &&Condition| it.codes.iter().any(|code| place_code.starts_with(code.as_str()));
        let own: Vec<&Condition> = self.conditions.iter().filter(own).collect();
        if own.is_empty() { self.conditions.iter().filter(|it| it.codes.is_empty()).collect() } else { own }
    }
}

/// 首次业主大会的条件, of the place that was chosen.
pub(crate) fn condition(
    pack: &FoundingPack,
    place_code: &str,
    form: &Applying,
    on: Date,
    errors: &mut Vec<FieldError>,
) -> String {
    let found = pack.conditions_of(place_code).into_iter().find(|it| it.code == form.condition);
    let Some(condition) = found else {
        errors.push(FieldError::new("condition", "请选择适用的条件，应是本地的规定"));
        return String::new();
    };
    let Some(area) = percent(&form.area_percent) else {
        errors
            .push(FieldError::new("area_percent", "请填写已交付面积占总面积的百分比，0至100，最多两位小数"));
        return String::new();
    };
    let heads = percent(&form.heads_percent);
    if !form.heads_percent.trim().is_empty() && heads.is_none() {
        errors.push(FieldError::new("heads_percent", "请填写已入住户数的百分比，0至100；没有统计的留空"));
    }
    let delivered_on = form.delivered_on.trim().parse::<Date>().ok().filter(|it| *it <= on);
    if !form.delivered_on.trim().is_empty() && delivered_on.is_none() {
        errors.push(FieldError::new("delivered_on", "请填写首套房屋交付的日期；不清楚的留空"));
    }
    let figures = Figures { area, heads, delivered_on };
    if !condition.any.iter().any(|it| it.holds(&figures, on)) {
        let message = format!("还不符合{}的条件：{}", condition.title, condition.says);
        errors.push(FieldError::new("condition", message));
    }
    let heads = heads.map_or(String::new(), |it| format!("，入住户数{}%", it.rounded(2)));
    let since = delivered_on.map_or(String::new(), |it| format!("，首套{it}交付"));
    format!("{}：{}（交付面积{}%{heads}{since}）", condition.title, condition.says, area.rounded(2))
}
