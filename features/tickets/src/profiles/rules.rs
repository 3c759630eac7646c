//! How a profile is read, and when its clocks run out. Pure.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use calendar::{Calendar, OfficeHours, end_of};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
};
use serde::Deserialize;

use super::types::{Category, Clock, Profile, Span, Urgency};

/// Name and text of every shipped profile; the first is what a county begins with.
const SHIPPED: [(&str, &str); 2] = [
    ("shucheng-2023", include_str!("../../../../packs/shucheng-2023-tickets/deadlines.toml")),
    ("beijing-12345", include_str!("../../../../packs/beijing-12345-tickets/deadlines.toml")),
];

const CATEGORIES: &str = include_str!("../../../../packs/ticket-categories.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProfile {
    name: String,
    title: String,
    source: String,
    unconfirmed: bool,
    #[serde(default)]
    in_use_by: Option<String>,
    direct: bool,
    office: Vec<String>,
    rate_within: String,
    reopen: i64,
    whistle: RawWhistle,
    clocks: Vec<RawClock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWhistle {
    report_in: String,
    solve: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClock {
    urgency: Urgency,
    dispatch: String,
    contact: String,
    answer: String,
    extension: String,
}

/// The names and titles to choose from.
pub(crate) fn shipped() -> Vec<(String, String)> {
    SHIPPED.iter().filter_map(|(name, text)| Some(((*name).to_owned(), parse(text).ok()?.title))).collect()
}

/// The text of a shipped profile; without a name, of the one a county begins with.
pub(crate) fn text_of(name: Option<&str>) -> Option<&'static str> {
    match name {
        None => Some(SHIPPED[0].1),
        Some(name) => SHIPPED.iter().find(|it| it.0 == name).map(|it| it.1),
    }
}

/// A profile, kept once it is read: every case that comes in asks for its county's.
pub(crate) fn known(text: &str) -> Result<Profile, String> {
    const MOST: usize = 256;
    static KNOWN: LazyLock<Mutex<HashMap<String, Profile>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(it) = known.get(text) {
        return Ok(it.clone());
    }
    let read = parse(text)?;
    if MOST <= known.len() {
        known.clear();
    }
    known.insert(text.to_owned(), read.clone());
    Ok(read)
}

/// Reads a profile, or says in words what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Profile, String> {
    let raw: RawProfile = toml::from_str(text).map_err(|it| format!("时限方案无法识别：{it}"))?;
    let office = raw.office.iter().map(|it| period(it)).collect::<Option<Vec<_>>>();
    let office = office.ok_or("office 应写成 [\"08:30-12:00\", \"14:30-17:30\"]")?;
    let clock = |it: &RawClock| {
        Ok::<_, String>(Clock {
            urgency: it.urgency,
            dispatch: span(&it.dispatch)?,
            contact: span(&it.contact)?,
            answer: span(&it.answer)?,
            extension: span(&it.extension)?,
        })
    };
    let clocks = raw.clocks.iter().map(clock).collect::<Result<Vec<_>, _>>()?;
    for urgency in Urgency::ALL {
        if clocks.iter().filter(|it| it.urgency == urgency).count() != 1 {
            return Err(format!("每种紧急程度应恰有一组时限，{} 不是", urgency.code()));
        }
    }
    let in_use_by = raw.in_use_by.as_deref().map(str::parse).transpose();
    let in_use_by = in_use_by.map_err(|_| "in_use_by 应写成 2023-12-31 这样的日期")?;
    Ok(Profile {
        in_use_by,
        name: raw.name,
        title: raw.title,
        source: raw.source,
        unconfirmed: raw.unconfirmed,
        direct: raw.direct,
        office: OfficeHours(office),
        report_in: span(&raw.whistle.report_in)?,
        solve: span(&raw.whistle.solve)?,
        rate_within: span(&raw.rate_within)?,
        reopen: raw.reopen,
        clocks,
    })
}

fn period(text: &str) -> Option<(Time, Time)> {
    let (from, until) = text.split_once('-')?;
    let (from, until) = (from.trim().parse().ok()?, until.trim().parse().ok()?);
    (from < until).then_some((from, until))
}

/// A length of time as the packs write it.
pub(crate) fn span(text: &str) -> Result<Span, String> {
    let wrong = || format!("时限“{text}”应写成 24 hours、4 working_hours、5 working_days 或 7 days");
    let (number, unit) = text.split_once(' ').ok_or_else(wrong)?;
    let number = number.parse().ok().filter(|it| (1..=400).contains(it)).ok_or_else(wrong)?;
    match unit.trim() {
        "hours" => Ok(Span::Hours(number)),
        "working_hours" => Ok(Span::WorkingHours(number)),
        "working_days" => Ok(Span::WorkingDays(number)),
        "days" => Ok(Span::Days(number)),
        _ => Err(wrong()),
    }
}

/// Every category, as shipped.
pub(crate) fn categories() -> &'static [Category] {
    #[derive(Deserialize)]
    struct All {
        categories: Vec<Category>,
    }
    // What ships is checked by a test; without it there is nothing to choose, and every report is refused in words.
    static ALL: LazyLock<Vec<Category>> =
        LazyLock::new(|| toml::from_str::<All>(CATEGORIES).map(|it| it.categories).unwrap_or_default());
    &ALL
}

pub(crate) fn category(code: &str) -> Option<&'static Category> {
    categories().iter().find(|it| it.code == code)
}

/// The category somebody means by a code, a title or a hotline's name of it; or by a part of one title alone: hotlines write 公共照明 for
/// 公共照明、门禁损坏, and 城乡建设/物业管理/电梯管理 for what ends alike.
pub(crate) fn called(typed: &str) -> Option<&'static Category> {
    let typed = typed.trim();
    if typed.chars().count() < 2 {
        return None;
    }
    let only = |is: &dyn Fn(&Category) -> bool| {
        let mut found = categories().iter().filter(|it| is(it));
        found.next().filter(|_| found.next().is_none())
    };
    let ends = |long: &str, short: &str| long == short || long.ends_with(&format!("/{short}"));
    // Hotlines part their classes in several ways.
    let path = typed.replace(['-', '—', '>', '＞', '、', '\\'], "/").replace(' ', "");
    category(typed)
        .or_else(|| only(&|it| it.title == typed))
        .or_else(|| only(&|it| it.hotline.iter().any(|name| ends(&path, name) || ends(name, &path))))
        .or_else(|| only(&|it| it.title.contains(typed)))
}

impl Profile {
    pub(crate) fn clock(&self, urgency: Urgency) -> Clock {
        // Parsing leaves exactly one of each.
        self.clocks.iter().copied().find(|it| it.urgency == urgency).unwrap_or(self.clocks[0])
    }

    /// Whether cases were taken in by the day the notice names: `first`, the day of the county's first. None where it names none.
    pub(crate) fn in_use(&self, first: Option<Date>, today: Date) -> Option<String> {
        let by = self.in_use_by?;
        let said = match first {
            Some(first) => {
                let verdict = if first <= by { "按期" } else { "逾期" };
                format!("本县第一件诉求{first}受理，{verdict}")
            }
            None if today <= by => "本县还没有受理诉求".to_owned(),
            None => "本县还没有受理诉求，已逾期".to_owned(),
        };
        Some(format!("文件要求{by}前投入使用；{said}"))
    }

    /// The instant at which `span` has passed since `start`.
    pub(crate) fn after(&self, start: Timestamp, span: Span, calendar: &Calendar) -> Timestamp {
        let day = kernel::beijing_date(start);
        match span {
            Span::Hours(n) => start + SignedDuration::from_hours(i64::from(n)),
            Span::WorkingHours(n) => calendar.add_office_minutes(start, n * 60, &self.office),
            Span::WorkingDays(n) => end_of(calendar.add_working_days(day, n).on),
            Span::Days(n) => end_of(calendar.add_days(day, n, calendar::Roll::None).on),
        }
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Hours(n) => write!(f, "{n}小时"),
            Self::WorkingHours(n) => write!(f, "{n}个工作小时"),
            Self::WorkingDays(n) => write!(f, "{n}个工作日"),
            Self::Days(n) => write!(f, "{n}日"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}:00+08:00").parse().unwrap()
    }

    #[test]
    fn a_category_is_meant_by_its_code_its_title_or_what_a_hotline_calls_it() {
        let code = |typed| called(typed).map(|it| it.code.as_str());
        assert_eq!(
            [code("leak"), code("房屋漏水"), code("公共照明")],
            [Some("leak"), Some("leak"), Some("lighting")]
        );
        assert_eq!([code("物业管理/电梯管理"), code("电梯管理"), code("电梯维修")], [Some("elevator"); 3]);
        assert_eq!(
            [code("城乡建设-物业管理-物业收费"), code("民生＞物业管理＞停车管理")],
            [Some("fees"), Some("parking")]
        );
        assert_eq!(
            [code("其他"), code("物业管理"), code("电"), code("不知道")],
            [Some("other"), None, None, None]
        );
        // Each has a class of the hotline, and no two names are alike.
        let mut names: Vec<&str> =
            categories().iter().flat_map(|it| &it.hotline).map(String::as_str).collect();
        assert!(categories().iter().all(|it| it.hotline_class().contains('/')));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn what_ships_is_sound() {
        assert_eq!(shipped().len(), SHIPPED.len());
        assert_eq!(categories().len(), 25);
        let findings: Vec<_> = categories().iter().filter_map(|it| it.finding.as_deref()).collect();
        assert_eq!(
            findings,
            [
                "fire_lane",
                "waste_sorting",
                "thrown_objects",
                "illegal_building",
                "load_bearing",
                "parking",
                "parking",
                "animals",
                "noise",
                "overcharging"
            ]
        );
    }

    // covers: FX-048
    #[test]
    fn what_fuxin_names_is_among_the_categories() {
        let titles: Vec<&str> = categories().iter().map(|it| it.title.as_str()).collect();
        for trouble in ["停车难", "充电难", "房屋漏水", "私搭乱建"] {
            assert!(titles.iter().any(|it| it.contains(trouble)), "{trouble}");
        }
    }

    // covers: SC-058
    #[test]
    fn shuchengs_clocks_are_marked_as_nobodys_figures_and_run_by_their_own_clock() {
        let profile = parse(text_of(None).unwrap()).unwrap();
        assert!(profile.unconfirmed && profile.direct);
        let calendar = Calendar::state_council();
        let ordinary = profile.clock(Urgency::Ordinary);
        let due = |span| profile.after(at("2024-09-13T17:00"), span, &calendar);
        assert_eq!(due(ordinary.dispatch), at("2024-09-14T09:00"));
        assert_eq!(due(ordinary.contact), at("2024-09-14T12:00"));
        // 14 is a working Saturday, 15–17 Mid-Autumn: the fifth working day is Monday the 23rd, until 24时.
        assert_eq!(due(ordinary.answer), at("2024-09-24T00:00"));
        let danger = profile.clock(Urgency::Danger);
        assert_eq!(due(danger.answer), at("2024-09-13T19:00"));
    }

    // covers: SC-061
    #[test]
    fn the_day_by_which_a_place_takes_cases_in_is_told_by_the_first_of_them() {
        let profile = parse(text_of(None).unwrap()).unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        let told = |first: Option<&str>, today: &str| profile.in_use(first.map(day), day(today));
        let by = "文件要求2023-12-31前投入使用";
        assert_eq!(
            told(Some("2023-12-31"), "2024-08-20"),
            Some(format!("{by}；本县第一件诉求2023-12-31受理，按期"))
        );
        assert_eq!(
            told(Some("2024-01-01"), "2024-08-20"),
            Some(format!("{by}；本县第一件诉求2024-01-01受理，逾期"))
        );
        assert_eq!(told(None, "2023-12-31"), Some(format!("{by}；本县还没有受理诉求")));
        assert_eq!(told(None, "2024-01-01"), Some(format!("{by}；本县还没有受理诉求，已逾期")));
        let beijing = parse(text_of(Some("beijing-12345")).unwrap()).unwrap();
        assert_eq!(beijing.in_use(None, day("2024-01-01")), None);
        let wrong = text_of(None).unwrap().replacen("2023-12-31\"", "年底\"", 1);
        assert!(parse(&wrong).unwrap_err().contains("in_use_by"));
    }

    #[test]
    fn beijings_clocks_are_its_own() {
        let profile = parse(text_of(Some("beijing-12345")).unwrap()).unwrap();
        let told = |urgency| {
            let clock = profile.clock(urgency);
            format!("{} {}", clock.dispatch, clock.answer)
        };
        let all = Urgency::ALL.map(told);
        assert_eq!(all, ["1小时 2小时", "2小时 24小时", "24小时 7日", "24小时 15日"]);
    }

    #[test]
    fn a_profile_with_a_slip_says_where() {
        let text = text_of(None).unwrap();
        let fault = |from: &str, to: &str| parse(&text.replacen(from, to, 1)).unwrap_err();
        assert!(fault("1 hours", "1 hour").contains("1 hour”应写成"));
        assert!(fault("08:30-12:00", "12:00-08:30").contains("office"));
        assert!(fault("\"complex\"", "\"danger\"").contains("danger 不是"));
    }
}
