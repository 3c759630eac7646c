//! How GeoReport v2 is read and written. Pure.

use jiff::{SignedDuration, Timestamp};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use serde_json::{Map, json};

use super::types::{Answer, Fields, Format, Place, Refused, Row, Search, Value};

/// The specification's own span, and its bound on one answer.
const SPAN: SignedDuration = SignedDuration::from_hours(90 * 24);
pub(crate) const MOST_REQUESTS: usize = 1_000;

/// `services.json` is the resource `services` as JSON.
pub(crate) fn resource(name: &str) -> Option<(&str, Format)> {
    let (resource, format) = name.rsplit_once('.')?;
    match format {
        "json" => Some((resource, Format::Json)),
        "xml" => Some((resource, Format::Xml)),
        _ => None,
    }
}

/// What to look for, within the specification's ninety days.
pub(crate) fn search(fields: &Fields, now: Timestamp) -> Result<Search, Refused> {
    let given = |name: &str| fields.get(name).map(|it| it.trim()).filter(|it| !it.is_empty());
    let list = |name: &str| given(name).map(|it| it.split(',').map(|it| it.trim().to_owned()).collect());
    let at = |name: &str| match given(name) {
        None => Ok(None),
        Some(text) => text
            .parse::<Timestamp>()
            .map(Some)
            .map_err(|_| Refused(400, format!("{name} 应写成 2010-01-01T00:00:00Z"))),
    };
    let (from, until) = (at("start_date")?, at("end_date")?);
    let until = until.or(from.map(|it| it + SPAN)).unwrap_or(now);
    let from = from.unwrap_or(until - SPAN);
    if until < from || SPAN < until.duration_since(from) {
        return Err(Refused(400, "start_date 与 end_date 之间不超过90天，且不能颠倒".to_owned()));
    }
    let ids: Vec<String> = list("service_request_id").unwrap_or_default();
    let ids = ids.iter().map(|it| it.parse::<i64>()).collect::<Result<_, _>>();
    let ids = ids.map_err(|_| Refused(400, "service_request_id 应为数字，多个以逗号分开".to_owned()))?;
    let status: Vec<String> = list("status").unwrap_or_default();
    if let Some(wrong) = status.iter().find(|it| !["open", "closed"].contains(&it.as_str())) {
        return Err(Refused(400, format!("status 只能是 open 或 closed，不是“{wrong}”")));
    }
    let asks = |it: &str| status.is_empty() || status.iter().any(|one| one == it);
    let services = list("service_code").unwrap_or_default();
    Ok(Search { ids, services, open: asks("open"), closed: asks("closed"), from, until })
}

/// `attribute[openness]` under its own code.
pub(crate) fn attribute<'a>(fields: &'a Fields, code: &str) -> &'a str {
    fields.get(&format!("attribute[{code}]")).map_or("", |it| it.trim())
}

/// Where it is: an id, an address or a position; one of them has to be there (the specification's own rule).
pub(crate) fn place(fields: &Fields) -> Result<Place, Refused> {
    let given = |name: &str| fields.get(name).map(|it| it.trim()).filter(|it| !it.is_empty());
    let named = given("address_id").or(given("address_string")).map(str::to_owned);
    let wrong = |_| Refused(400, "lat、long 应为度数（WGS 84），如 31.462 和 116.944".to_owned());
    let position = match (given("lat"), given("long")) {
        (None, None) => None,
        (lat, long) => {
            let read = registry::plans::position(lat.unwrap_or_default(), long.unwrap_or_default());
            // An app that found no position says 0, 0; where the address is clear that takes nothing away.
            if named.is_some() { read.ok() } else { Some(read.map_err(wrong)?) }
        }
    };
    if named.is_none() && position.is_none() {
        let wanted = "请给出 address_id（小区标识）、address_string（小区名称）或 lat 和 long";
        return Err(Refused(400, wanted.to_owned()));
    }
    Ok(Place { named, position })
}

/// A number as it is dialled here: apps write the country's before it.
pub(crate) fn local_phone(text: &str) -> String {
    let bare: String = text.chars().filter(|it| !matches!(it, ' ' | '-')).collect();
    let local = bare.strip_prefix("+86").or_else(|| bare.strip_prefix("0086"));
    local.map_or_else(|| text.to_owned(), str::to_owned)
}

/// What a client says besides, for whoever works on the case: never fetched, never shown to the public.
pub(crate) fn beside(fields: &Fields) -> String {
    const LONGEST: usize = 300;
    let said = [("lat", "纬度"), ("long", "经度"), ("address_string", "地址"), ("media_url", "照片地址")];
    let said = said.iter().filter_map(|(name, label)| {
        let text = fields.get(*name).map(|it| it.trim()).filter(|it| !it.is_empty())?;
        let text: String = text.chars().filter(|it| !it.is_control()).take(LONGEST).collect();
        Some(format!("{label} {}", identifiers::mask_numbers(&text)))
    });
    let said = said.collect::<Vec<_>>().join("；");
    if said.is_empty() { said } else { format!("来件所带：{said}") }
}

/// The answer as its format writes it, with its content type.
pub(crate) fn written(answer: &Answer, format: Format) -> (&'static str, Vec<u8>) {
    match format {
        Format::Json => ("application/json; charset=utf-8", json_of(answer).to_string().into_bytes()),
        Format::Xml => ("text/xml; charset=utf-8", xml_of(answer)),
    }
}

/// A refusal in the same formats.
pub(crate) fn refusal(refused: &Refused) -> Answer {
    let code = Value::Number(refused.0.into());
    let row = vec![("code", code), ("description", Value::Text(refused.1.clone()))];
    Answer::List("errors", "error", vec![row])
}

fn json_of(answer: &Answer) -> serde_json::Value {
    match answer {
        Answer::List(_, _, rows) => rows.iter().map(json_row).collect(),
        Answer::One(_, row) => json_row(row),
    }
}

fn json_row(row: &Row) -> serde_json::Value {
    let value = |it: &Value| match it {
        Value::Text(text) => json!(text),
        Value::Number(it) => json!(it),
        // A number, as the specification's own answers have it; what cannot be one stays as it was written.
        Value::Degrees(it) => it.parse::<f64>().map_or_else(|_| json!(it), |it| json!(it)),
        Value::Yes(yes) => json!(yes),
        Value::Nothing => serde_json::Value::Null,
        Value::Many(_, rows) => rows.iter().map(json_row).collect(),
    };
    let fields: Map<String, serde_json::Value> =
        row.iter().map(|(name, it)| ((*name).to_owned(), value(it))).collect();
    serde_json::Value::Object(fields)
}

fn xml_of(answer: &Answer) -> Vec<u8> {
    let mut writer = Writer::new(vec![]);
    // Writing into memory cannot fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    match answer {
        Answer::List(root, item, rows) => element(&mut writer, root, |writer| {
            rows.iter().for_each(|row| element(writer, item, |writer| fields(writer, row)));
        }),
        Answer::One(root, row) => element(&mut writer, root, |writer| fields(writer, row)),
    }
    writer.into_inner()
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, inside: impl FnOnce(&mut Writer<Vec<u8>>)) {
    let _ = writer.write_event(Event::Start(BytesStart::new(name)));
    inside(writer);
    let _ = writer.write_event(Event::End(BytesEnd::new(name)));
}

fn fields(writer: &mut Writer<Vec<u8>>, row: &Row) {
    for (name, value) in row {
        element(writer, name, |writer| match value {
            Value::Text(text) | Value::Degrees(text) => {
                let _ = writer.write_event(Event::Text(BytesText::new(&printable(text))));
            }
            Value::Number(it) => {
                let _ = writer.write_event(Event::Text(BytesText::new(&it.to_string())));
            }
            Value::Yes(yes) => {
                let _ = writer.write_event(Event::Text(BytesText::new(if *yes { "true" } else { "false" })));
            }
            Value::Nothing => {}
            Value::Many(item, rows) => {
                rows.iter().for_each(|row| element(writer, item, |writer| fields(writer, row)));
            }
        });
    }
}

/// XML has no way to write most control characters.
fn printable(text: &str) -> String {
    text.chars().filter(|it| !it.is_control() || matches!(it, '\n' | '\t' | '\r')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(fields: &[(&str, &str)]) -> Result<Search, Refused> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        search(&fields, "2024-08-20T01:00:00Z".parse().unwrap())
    }

    #[test]
    fn ninety_days_are_the_most_and_what_is_meant_when_nothing_is_said() {
        let plain = asked(&[]).unwrap();
        assert_eq!(plain.from.to_string(), "2024-05-22T01:00:00Z");
        assert!(plain.open && plain.closed);
        let open = asked(&[("status", "open"), ("service_code", "leak, lighting")]).unwrap();
        assert_eq!(
            (open.open, open.closed, open.services),
            (true, false, vec!["leak".to_owned(), "lighting".to_owned()])
        );
        let from = asked(&[("start_date", "2024-01-01T00:00:00+08:00")]).unwrap();
        assert_eq!(from.until.to_string(), "2024-03-30T16:00:00Z");
        let wide = [("start_date", "2024-01-01T00:00:00Z"), ("end_date", "2024-06-01T00:00:00Z")];
        for wrong in
            [&wide[..], &[("status", "done")], &[("start_date", "昨天")], &[("service_request_id", "a")]]
        {
            assert_eq!(asked(wrong).unwrap_err().0, 400, "{wrong:?}");
        }
    }

    #[test]
    fn both_formats_say_the_same_and_nothing_breaks_out() {
        let row = vec![
            ("service_code", Value::Text("a<b>&\"\u{7}".to_owned())),
            ("metadata", Value::Yes(true)),
            ("account_id", Value::Nothing),
        ];
        let answer = Answer::List("services", "service", vec![row]);
        let xml = String::from_utf8(written(&answer, Format::Xml).1).unwrap();
        assert_eq!(
            xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><services><service><service_code>a&lt;b&gt;&amp;&quot;</service_code><metadata>true</metadata><account_id></account_id></service></services>"
        );
        let json = String::from_utf8(written(&answer, Format::Json).1).unwrap();
        assert_eq!(json, r#"[{"account_id":null,"metadata":true,"service_code":"a<b>&\"\u0007"}]"#);
    }
}
