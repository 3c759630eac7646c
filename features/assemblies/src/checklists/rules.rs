//! How a list is read. Pure.

use kernel::{FieldError, Problem};

use super::types::{Negative, Publishing};

const MOST: usize = 30;
const LONGEST: usize = 100;

/// What was typed: conditions and the negative list, or what is wrong, line by line.
pub(crate) fn read(form: &Publishing) -> Result<(Vec<String>, Vec<Negative>), Problem> {
    let mut errors = vec![];
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
    };
    let conditions = lines(&form.conditions);
    let too_long = |all: &[String]| all.iter().position(|it| LONGEST < it.chars().count());
    if conditions.is_empty() || MOST < conditions.len() {
        errors.push(FieldError::new("conditions", format!("请填写1至{MOST}项正面条件，每行一项")));
    } else if let Some(n) = too_long(&conditions) {
        errors.push(FieldError::new("conditions", format!("第{}行太长，每项不超过{LONGEST}个字", n + 1)));
    }
    let typed = lines(&form.negatives);
    let mut negatives: Vec<Negative> = vec![];
    if typed.is_empty() || MOST < typed.len() {
        errors.push(FieldError::new("negatives", format!("请填写1至{MOST}项负面清单，每行一项，先写编号")));
    }
    for (n, line) in typed.iter().take(MOST).enumerate() {
        match negative(line) {
            Some(it) if negatives.iter().any(|known| known.code == it.code) => {
                errors.push(FieldError::new("negatives", format!("第{}行：编号{}重复", n + 1, it.code)));
            }
            Some(it) => negatives.push(it),
            None => {
                let told = format!(
                    "第{}行应写成“N1 内容”：先写字母和数字的编号，空一格，再写不超过{LONGEST}个字的内容",
                    n + 1
                );
                errors.push(FieldError::new("negatives", told));
            }
        }
    }
    if errors.is_empty() { Ok((conditions, negatives)) } else { Err(Problem::Invalid(errors)) }
}

fn negative(line: &str) -> Option<Negative> {
    let (code, says) = line.split_once([' ', '\u{3000}', '\t'])?;
    let says = says.trim();
    let known = (1..=8).contains(&code.len()) && code.bytes().all(|it| it.is_ascii_alphanumeric());
    let said = !says.is_empty() && says.chars().count() <= LONGEST;
    (known && said).then(|| Negative { code: code.to_ascii_uppercase(), says: says.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: FX-026, SC-026
    #[test]
    fn a_list_is_read_line_by_line_and_each_fault_names_its_line() {
        let form = |conditions: &str, negatives: &str| Publishing {
            conditions: conditions.to_owned(),
            negatives: negatives.to_owned(),
            ..Publishing::default()
        };
        let (conditions, negatives) =
            read(&form("本小区业主\n\n  身体健康 ", "n1 受过刑事处罚\nX12\u{3000}拖欠物业费")).unwrap();
        assert_eq!(conditions, ["本小区业主", "身体健康"]);
        let told: Vec<String> = negatives.iter().map(|it| format!("{}={}", it.code, it.says)).collect();
        assert_eq!(told, ["N1=受过刑事处罚", "X12=拖欠物业费"]);
        let faults = |conditions: &str, negatives: &str| match read(&form(conditions, negatives)) {
            Err(Problem::Invalid(errors)) => {
                errors.into_iter().map(|it| format!("{} {}", it.field, it.message)).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        let told = faults("", "受过刑事处罚\nN1 甲\nN1 乙");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("conditions 请填写1至30项"), "{told:?}");
        assert!(told[1].starts_with("negatives 第1行应写成"), "{told:?}");
        assert_eq!(told[2], "negatives 第3行：编号N1重复");
        assert!(faults(&"长".repeat(101), "N1 甲")[0].contains("第1行太长"));
    }
}
