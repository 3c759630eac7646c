//! A published result recomputed from its totals: what holds, what is missing, what was printed wrongly.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{Area, Ratio};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::{
    Refused,
    rules::{Comparison, Law, all_met, approval, known_matter, participation, says},
    types::Measure,
};

/// What `--totals` reads; any number may be missing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsInput {
    decided_on: Date,
    matter: u8,
    heads_total: Option<Number>,
    heads_participating: Option<Number>,
    heads_yes: Option<Number>,
    heads_no: Option<Number>,
    heads_abstain: Option<Number>,
    heads_invalid: Option<Number>,
    heads_silent: Option<Number>,
    area_total: Option<Number>,
    area_participating: Option<Number>,
    area_yes: Option<Number>,
    area_no: Option<Number>,
    area_abstain: Option<Number>,
    area_invalid: Option<Number>,
    area_silent: Option<Number>,
    #[serde(default)]
    options: BTreeMap<String, OptionTotals>,
    #[serde(default)]
    printed: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionTotals {
    heads: Option<Number>,
    area: Option<Number>,
}

/// An exact number, written as a number or as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number(Ratio);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = match serde_json::Value::deserialize(from)? {
            serde_json::Value::String(it) => it,
            other => other.to_string(),
        };
        let number = Ratio::parse(&text).map_err(D::Error::custom)?;
        if number.is_negative() {
            Err(D::Error::custom(format!("“{text}”不能小于0")))
        } else {
            Ok(Self(number))
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TotalsResult {
    pub(crate) law: Law,
    pub comparisons: Vec<Comparison>,
    pub passed: Option<bool>,
    pub reasons: Vec<String>,
    /// Those said to take part whose answer is nowhere.
    pub unexplained: Unexplained,
    pub printed: Vec<Printed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unexplained {
    pub heads: Option<i64>,
    pub area: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Printed {
    pub key: String,
    pub printed: String,
    pub recomputed: Option<String>,
    pub agrees: Option<bool>,
}

/// Recomputes a published result.
///
/// # Errors
/// No applicable law, an unknown matter, heads that are not whole, areas too fine, a printed name there is not.
pub fn recompute(input: &TotalsInput) -> Result<TotalsResult, Refused> {
    let law = Law::on(input.decided_on)?;
    let matter = known_matter(input.matter)?;
    let measure = |heads: &Option<Number>, area: &Option<Number>| -> Result<Measure, Refused> {
        Ok(Measure { heads: whole_heads(*heads)?, area: thousandths(*area)? })
    };
    let (total, part) = (
        measure(&input.heads_total, &input.area_total)?,
        measure(&input.heads_participating, &input.area_participating)?,
    );
    let yes = measure(&input.heads_yes, &input.area_yes)?;
    let mut comparisons = participation(law, total, part).to_vec();
    let enough = all_met(comparisons.iter());
    let mut approved = None;
    if input.options.is_empty() {
        let both = approval(law, matter, total, part, yes);
        approved = all_met(both.iter());
        comparisons.extend(both);
    }
    let (mut in_options, mut verdicts) = (Measure::NONE, vec![]);
    for (id, it) in &input.options {
        let one = measure(&it.heads, &it.area)?;
        in_options.add(one.heads.unwrap_or(0), one.area.unwrap_or(0));
        let both = approval(law, matter, total, part, one);
        verdicts.push(all_met(both.iter()));
        comparisons.extend(both.map(|comparison| Comparison { option: Some(id.clone()), ..comparison }));
    }
    if !verdicts.is_empty() {
        // One option that passed decides; one that cannot be judged leaves it open, in whatever order they stand.
        approved = match (verdicts.contains(&Some(true)), verdicts.contains(&None)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        };
    }
    let passed = match (enough, approved) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    let reasons = comparisons.iter().filter(|it| it.met != Some(true)).map(says).collect();
    let told = |answers: [&Option<Number>; 5], read: fn(Option<Number>) -> Result<Option<i64>, Refused>| {
        answers.into_iter().try_fold(0, |sum, it| Ok::<i64, Refused>(sum + read(*it)?.unwrap_or(0)))
    };
    let heads = told(
        [&input.heads_yes, &input.heads_no, &input.heads_abstain, &input.heads_invalid, &input.heads_silent],
        whole_heads,
    )?;
    let area = told(
        [&input.area_yes, &input.area_no, &input.area_abstain, &input.area_invalid, &input.area_silent],
        thousandths,
    )?;
    let unexplained = Unexplained {
        heads: part.heads.map(|it| it - heads - in_options.heads.unwrap_or(0)),
        area: part.area.map(|it| signed(it - area - in_options.area.unwrap_or(0))),
    };
    let printed =
        input.printed.iter().map(|(key, text)| check(input, key, text)).collect::<Result<_, _>>()?;
    Ok(TotalsResult { law, comparisons, passed, reasons, unexplained, printed })
}

fn whole_heads(it: Option<Number>) -> Result<Option<i64>, Refused> {
    let whole = |Number(it): Number| it.as_whole().and_then(|it| i64::try_from(it).ok());
    it.map(|it| whole(it).ok_or_else(|| Refused::new(1, format!("人数“{}”应为整数", it.0.exact()))))
        .transpose()
}

fn thousandths(it: Option<Number>) -> Result<Option<i64>, Refused> {
    let read = |Number(it): Number| Area::parse_m2(&it.exact()).map(|it| it.0);
    it.map(|it| read(it).ok_or_else(|| Refused::new(1, format!("面积“{}”最多三位小数", it.0.exact()))))
        .transpose()
}

fn signed(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    format!("{sign}{}", Area(thousandths.abs()))
}

/// A printed percentage: of those who took part, or of all for participation itself; to the decimals printed.
fn check(input: &TotalsInput, key: &str, text: &str) -> Result<Printed, Refused> {
    let name = key
        .strip_suffix("_percent")
        .ok_or_else(|| Refused::new(1, format!("printed 中的“{key}”应以 _percent 结尾")))?;
    let part = input.number(name).ok_or_else(|| Refused::new(1, format!("printed 中不认识“{key}”")))?;
    let measure = name.split('_').next().unwrap_or_default();
    let of = if name.ends_with("_participating") {
        format!("{measure}_total")
    } else {
        format!("{measure}_participating")
    };
    let whole = input.number(&of).flatten();
    let digits = text.trim().trim_end_matches('%');
    let printed = Ratio::parse(digits).map_err(|it| Refused::new(1, it.to_string()))?;
    let decimals = digits.split_once('.').map_or(0, |it| it.1.len() as u32);
    let percent = part.zip(whole).and_then(|(part, whole)| part.0.times(Ratio::whole(100))?.over(whole.0));
    let recomputed = percent.map(|it| it.rounded(decimals));
    let agrees = recomputed.as_ref().map(|it| Ratio::parse(it).is_ok_and(|it| it == printed));
    Ok(Printed { key: key.to_owned(), printed: text.to_owned(), recomputed, agrees })
}

impl TotalsInput {
    /// The number of that name, if there is such a name.
    fn number(&self, name: &str) -> Option<Option<Number>> {
        Some(match name {
            "heads_total" => self.heads_total,
            "heads_participating" => self.heads_participating,
            "heads_yes" => self.heads_yes,
            "heads_no" => self.heads_no,
            "heads_abstain" => self.heads_abstain,
            "heads_invalid" => self.heads_invalid,
            "heads_silent" => self.heads_silent,
            "area_total" => self.area_total,
            "area_participating" => self.area_participating,
            "area_yes" => self.area_yes,
            "area_no" => self.area_no,
            "area_abstain" => self.area_abstain,
            "area_invalid" => self.area_invalid,
            "area_silent" => self.area_silent,
            _ => return None,
        })
    }
}
