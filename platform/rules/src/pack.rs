//! A pack read from its files: every fault found at once, with its file and line.

use std::{
    collections::{BTreeMap, HashSet},
    fmt,
    ops::Range,
    path::Path,
};

use jiff::civil::Date;
use kernel::Ratio;
use serde::{Serialize, de::DeserializeOwned};
use toml::Spanned;

use crate::{
    check,
    document::{self, Document},
    facts::catalogue,
    raw::{RawForm, RawPack, RawStandard},
    refine,
    select::{Cascade, Mode, Per, Quota, Rounding, Selection, SelectionKind},
    selects::Selects,
    standard::Standard,
};

/// One official notice, ready to run.
#[derive(Debug, Clone)]
pub struct Pack {
    pub name: String,
    pub title: String,
    pub revision: String,
    /// The name of the pack this one refines.
    pub refines: Option<String>,
    pub document: Option<Document>,
    /// What is selected.
    pub selects: Selects,
    pub decimals: u32,
    pub parameters: Vec<Parameter>,
    pub periods: Vec<Period>,
    pub cascade: Cascade,
    pub forms: Vec<Form>,
    pub never_held: Option<NeverHeld>,
    pub standard: Standard,
}

/// A title won earlier that shuts an applicant out (LA-015), and the fact that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeverHeld {
    pub title: String,
    pub fact: String,
}

#[derive(Debug, Clone)]
pub struct Form {
    pub code: String,
    pub title: String,
    pub parts: Vec<String>,
    /// The period by whose end every county hands it in; none: no report.
    pub period: Option<String>,
}

/// A decision the notice leaves open, named and printed with every result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    pub name: String,
    pub value: String,
    pub says: String,
}

/// A stage of the timetable; stages may overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    pub code: String,
    pub title: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub by: Option<String>,
    pub unconfirmed: bool,
}

/// The texts of a pack folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFiles {
    pub pack: String,
    pub standard: String,
    /// The folder that `refines` names, read likewise.
    pub base: Option<Box<PackFiles>>,
}

/// One thing wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: &'static str,
    pub line: usize,
    pub message: String,
}

/// Everything wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl PackFiles {
    /// Reads the two files of a pack folder, and those of the pack it refines.
    ///
    /// # Errors
    /// A sentence naming the file that cannot be read.
    pub fn read(dir: &Path) -> Result<Self, crate::Refused> {
        Self::read_to_depth(dir, 4)
    }

    fn read_to_depth(dir: &Path, depth: u8) -> Result<Self, crate::Refused> {
        let text = |name: &str| {
            let path = dir.join(name);
            let reason = |it: &std::io::Error| match it.kind() {
                std::io::ErrorKind::NotFound => "文件不存在",
                std::io::ErrorKind::InvalidData => "不是UTF-8文本",
                _ => "文件无法读取",
            };
            std::fs::read_to_string(&path)
                .map_err(|it| crate::Refused(format!("{}:1: {}", path.display(), reason(&it))))
        };
        let (pack, standard) = (text("pack.toml")?, text("standard.toml")?);
        let refines =
            pack.parse::<toml::Table>().ok().and_then(|it| Some(it.get("refines")?.as_str()?.to_owned()));
        let base = match refines {
            Some(_) if depth == 0 => {
                return Err(crate::Refused("pack.toml:1: 规则包层层细化超过四层，或互相引用".to_owned()));
            }
            Some(base) => Some(Box::new(Self::read_to_depth(&dir.join(base), depth - 1)?)),
            None => None,
        };
        Ok(Self { pack, standard, base })
    }
}

impl Pack {
    /// Checks the files and puts them together.
    ///
    /// # Errors
    /// Every fault, with its file and line.
    pub fn parse(files: &PackFiles) -> Result<Self, Faults> {
        let mut notes = Notes::default();
        let raw: Option<RawPack> = notes.file("pack.toml", &files.pack);
        let raw_standard: Option<RawStandard> = notes.file("standard.toml", &files.standard);
        let base = files.base.as_ref().map(|it| Self::parse(it)).transpose()?;
        let (Some(raw), Some(raw_standard)) = (raw, raw_standard) else { return Err(Faults(notes.faults)) };
        let mut pack = assemble(raw, &files.pack, base.as_ref(), &mut notes);
        let cut = pack.rounding("percentile_cut", Rounding::Ceil);
        let refined = base.as_ref().map(|it| &it.standard);
        pack.standard = refine::standard(raw_standard, &files.standard, refined, cut, &mut notes);
        check::cascade(&pack, &files.pack, &mut notes);
        if notes.faults.is_empty() { Ok(pack) } else { Err(Faults(notes.faults)) }
    }

    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|it| it.name == name).map(|it| it.value.as_str())
    }

    fn rounding(&self, name: &str, otherwise: Rounding) -> Rounding {
        self.parameter(name).and_then(Rounding::from_code).unwrap_or(otherwise)
    }

    #[must_use]
    pub fn selection(&self, code: &str) -> Option<&Selection> {
        self.cascade.selections.iter().find(|it| it.code == code)
    }

    #[must_use]
    pub fn period(&self, code: &str) -> Option<&Period> {
        self.periods.iter().find(|it| it.code == code)
    }
}

fn assemble(raw: RawPack, text: &str, base: Option<&Pack>, notes: &mut Notes) -> Pack {
    let mut at = At { file: "pack.toml", text, notes };
    let selects = raw.selects.as_ref().map(|it| Selects::from_code(it.get_ref()));
    if let (Some(selects), Some(None)) = (&raw.selects, selects) {
        at.fault(selects, "selects 应为 community、enterprise、service_project、committee 或 person");
    }
    let mut parameters: Vec<Parameter> = base.map(|it| it.parameters.clone()).unwrap_or_default();
    let mut seen = HashSet::new();
    for parameter in raw.parameters {
        if !seen.insert(parameter.name.get_ref().clone()) {
            at.fault(&parameter.name, "这个参数写了两次");
        }
        let known = check::parameter_admits(parameter.name.get_ref(), parameter.value.get_ref());
        if let Err(message) = known {
            at.fault(&parameter.value, message);
        }
        parameters.retain(|it| it.name != *parameter.name.get_ref());
        let (name, value) = (parameter.name.into_inner(), parameter.value.into_inner());
        parameters.push(Parameter { name, value, says: parameter.says });
    }
    let rounding = parameters
        .iter()
        .find(|it| it.name == "quota_rounding")
        .and_then(|it| Rounding::from_code(&it.value));
    let mut periods = vec![];
    for period in raw.periods {
        let from = period.from.as_ref().and_then(|it| at.date(it));
        let to = period.to.as_ref().and_then(|it| at.date(it));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            at.fault(&period.code, "阶段的结束早于开始");
        }
        let (code, unconfirmed) = (period.code.into_inner(), period.unconfirmed);
        periods.push(Period { code, title: period.title, from, to, by: period.by, unconfirmed });
    }
    let mut selections = vec![];
    for selection in raw.selections {
        let quota = match (&selection.at_most, &selection.share) {
            (Some(most), None) => Some(Quota::AtMost(*most.get_ref())),
            (None, Some(share)) => {
                let named = selection.rounding.as_ref().and_then(|it| Rounding::from_code(it.get_ref()));
                let rounding = named.or(rounding).unwrap_or(Rounding::Floor);
                let share = at.ratio(share, share.get_ref());
                share.map(|it| Quota::Share { of_communities: it, rounding, at_least: selection.at_least })
            }
            _ => {
                at.fault(&selection.code, "名额请写 at_most（个数）或 share（比例）其中之一");
                None
            }
        };
        let per = match selection.per.get_ref().as_str() {
            "county" => Per::County,
            "city" => Per::City,
            _ => {
                at.fault(&selection.per, "per 应为 county 或 city");
                Per::City
            }
        };
        let mut honours = vec![];
        for honour in selection.honours {
            if !["county", "city", "province", "nation"].contains(&honour.class.get_ref().as_str()) {
                at.fault(&honour.class, "荣誉的 class 应为 county、city、province 或 nation");
            }
            if !["awarded", "applied"].contains(&honour.status.get_ref().as_str()) {
                at.fault(&honour.status, "荣誉的 status 应为 awarded（授予）或 applied（申报）");
            }
            let (class, status) = (honour.class.into_inner(), honour.status.into_inner());
            honours.push(crate::Honour { title: honour.title, class, status });
        }
        selections.push(Selection {
            honours,
            code: selection.code.get_ref().clone(),
            title: selection.title,
            from: selection.from.map(Spanned::into_inner),
            per,
            kind: if selection.by_hand { SelectionKind::ByHand } else { SelectionKind::ByRank },
            quota: quota.unwrap_or(Quota::AtMost(0)),
            at_least: selection.at_least,
            unconfirmed: selection.unconfirmed,
            may_lower: selection.may_lower,
            modes: selection.modes.iter().filter_map(|it| at.mode(it)).collect(),
        });
    }
    let mut forms = vec![];
    for RawForm { code, title, parts, period } in raw.forms {
        if let Some(period) = &period
            && !periods.iter().any(|it: &Period| it.code == *period.get_ref())
        {
            at.fault(period, format!("没有名为“{}”的阶段", period.get_ref()));
        }
        forms.push(Form { code, title, parts, period: period.map(Spanned::into_inner) });
    }
    let never_held = raw.never_held.and_then(|it| {
        let fact = it.fact.get_ref().clone();
        if catalogue().place(&fact).is_none() {
            at.fault(&it.fact, format!("没有名为“{fact}”的事实，可用的事实见 jiayuan facts"));
            return None;
        }
        Some((NeverHeld { title: it.title, fact }, it.fact))
    });
    let selected = selects.flatten().or(base.map(|it| it.selects)).unwrap_or_default();
    // Whatever it refines asks of a community's honours is not asked of anything else.
    let inherited = || base.filter(|_| selected == Selects::Community).and_then(|it| it.never_held.clone());
    let never_held = match never_held {
        Some((_, fact)) if selected != Selects::Community => {
            at.fault(&fact, "never_held 按小区的荣誉判断，只用于评选小区的规则包");
            None
        }
        Some((own, _)) => Some(own),
        None => inherited(),
    };
    let document = raw.document.map(|it| document::read(it, &mut at));
    let or_base = |own: bool| base.filter(|_| !own);
    Pack {
        name: raw.name,
        title: raw.title,
        revision: raw.revision,
        refines: base.map(|it| it.name.clone()),
        document,
        selects: selected,
        decimals: raw.decimals.or(base.map(|it| it.decimals)).unwrap_or(2).min(9),
        parameters,
        periods: or_base(!periods.is_empty()).map_or(periods, |it| it.periods.clone()),
        cascade: or_base(!selections.is_empty()).map_or(Cascade { selections }, |it| it.cascade.clone()),
        forms: or_base(!forms.is_empty()).map_or(forms, |it| it.forms.clone()),
        never_held,
        standard: Standard {
            total: Ratio::ZERO,
            groups: vec![],
            gates: vec![],
            vetoes: vec![],
            places: BTreeMap::new().into_iter().collect(),
        },
    }
}

/// Collects faults while the rest is still read, so that a pack's author sees them all at once.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) faults: Vec<Fault>,
}

impl Notes {
    fn file<T: DeserializeOwned>(&mut self, file: &'static str, text: &str) -> Option<T> {
        toml::from_str(text)
            .map_err(|it| {
                let line = it.span().map_or(1, |it| line_of(text, &it));
                let message = it
                    .message()
                    .replace("unknown field", "不认识的字段")
                    .replace("missing field", "缺少字段");
                self.faults.push(Fault { file, line, message });
            })
            .ok()
    }
}

/// Where a fault is noted: the file, its text, and the list.
pub(crate) struct At<'a> {
    pub(crate) file: &'static str,
    pub(crate) text: &'a str,
    pub(crate) notes: &'a mut Notes,
}

impl At<'_> {
    pub(crate) fn fault<T>(&mut self, place: &Spanned<T>, message: impl Into<String>) {
        let line = line_of(self.text, &place.span());
        self.notes.faults.push(Fault { file: self.file, line, message: message.into() });
    }

    pub(crate) fn date(&mut self, text: &Spanned<String>) -> Option<Date> {
        let date = text.get_ref().parse().ok();
        if date.is_none() {
            self.fault(text, format!("“{}”不是日期，应写成 2024-08-15", text.get_ref()));
        }
        date
    }

    pub(crate) fn ratio<T>(&mut self, place: &Spanned<T>, text: &str) -> Option<Ratio> {
        Ratio::parse(text).map_err(|it| self.fault(place, it.to_string())).ok()
    }

    pub(crate) fn mode(&mut self, code: &Spanned<String>) -> Option<Mode> {
        let mode = Mode::from_code(code.get_ref());
        if mode.is_none() {
            self.fault(code, "modes 应为 all_then_select（全面创建、最后推选）或 apply_prescreen_designate（申报、审查、直接认定）");
        }
        mode
    }

    pub(crate) fn number(&mut self, place: &Spanned<toml::Value>) -> Option<Ratio> {
        self.ratio(place, &plain(place.get_ref()))
    }
}

/// A TOML number or text as it was written: the shortest decimal that means the same.
pub(crate) fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(it) => it.clone(),
        toml::Value::Float(it) => it.to_string(),
        other => other.to_string(),
    }
}

pub(crate) fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.get(..span.start).map_or(1, |it| it.matches('\n').count() + 1)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}
