//! What there is to see through this door: services, and public cases.

use ::store::Tx;
use kernel::{FieldError, Problem, Scope};
use registry::{communities, divisions, plans};

use super::{
    formats::MOST_REQUESTS,
    store,
    types::{Answer, Place, Refused, Row, Search, Value},
};
use crate::{
    cases::{
        bodies, labels, line,
        store::load,
        types::{Kind, Openness, Stage, Ticket, TicketId},
    },
    profiles::rules::{categories, category},
    systems,
};

fn text(it: impl Into<String>) -> Value {
    Value::Text(it.into())
}

/// Every service: a category each.
pub(crate) fn services() -> Answer {
    let row = |it: &crate::profiles::types::Category| -> Row {
        vec![
            ("service_code", text(it.code.as_str())),
            ("service_name", text(it.title.as_str())),
            ("description", text(format!("{}（{}）", it.title, it.class))),
            ("metadata", Value::Yes(true)),
            ("type", text("realtime")),
            ("keywords", text([&[it.title.clone(), it.class.clone()][..], &it.hotline].concat().join(","))),
            ("group", text(it.class.as_str())),
        ]
    };
    Answer::List("services", "service", categories().iter().map(row).collect())
}

/// What may be told besides: where in the compound, what kind of matter, and who may read it.
pub(crate) fn definition(code: &str) -> Option<Answer> {
    category(code)?;
    let option = |key: &str, name: &str| vec![("key", text(key)), ("name", text(name))];
    let attribute = |code: &str, datatype: &str, order: i64, description: &str, values: Vec<Row>| -> Row {
        vec![
            ("variable", Value::Yes(true)),
            ("code", text(code)),
            ("datatype", text(datatype)),
            ("required", Value::Yes(false)),
            ("datatype_description", Value::Nothing),
            ("order", Value::Number(order)),
            ("description", text(description)),
            ("values", Value::Many("value", values)),
        ]
    };
    let kinds = Kind::ALL.iter().map(|it| option(it.code(), labels::kind(*it))).collect();
    let openness = Openness::ALL.iter().map(|it| option(it.code(), labels::openness(*it))).collect();
    let attributes = vec![
        attribute("building", "string", 1, "楼栋和位置，如：3号楼二层", vec![]),
        attribute("kind", "singlevaluelist", 2, "诉求性质，不填为投诉", kinds),
        attribute("openness", "singlevaluelist", 3, "谁能看到，不填为公开", openness),
    ];
    let row = vec![("service_code", text(code)), ("attributes", Value::Many("attribute", attributes))];
    Some(Answer::One("service_definition", row))
}

/// The part of the world a jurisdiction names: a division's code. Without one, the only city there is.
pub(crate) fn jurisdiction(tx: &mut Tx<'_>, code: &str) -> Result<Result<Scope, Refused>, Problem> {
    let cities = divisions::cities(tx)?;
    if code.is_empty() {
        return Ok(match cities.as_slice() {
            [one] => Ok(Scope::City(one.city)),
            _ => Err(Refused(400, "本系统有几个城市，请给出 jurisdiction_id（行政区划代码）".to_owned())),
        });
    }
    if let Some(city) = cities.iter().find(|it| it.code == code) {
        return Ok(Ok(Scope::City(city.city)));
    }
    for city in &cities {
        let counties = divisions::of_kind(tx, city.city, divisions::Kind::County)?;
        if let Some(county) = counties.iter().find(|it| it.code == code) {
            return Ok(Ok(Scope::County(county.tenant)));
        }
    }
    Ok(Err(Refused(404, format!("没有行政区划代码为“{code}”的辖区"))))
}

/// What a case says that its sender said nothing about.
pub(crate) fn wordless(code: &str) -> String {
    category(code).map_or(String::new(), |it| format!("{}（来件没有写说明）", it.title))
}

/// The public cases asked for, newest first; what is not public is not there.
pub(crate) fn requests(tx: &mut Tx<'_>, scope: &Scope, search: &Search) -> Result<Answer, Problem> {
    let mut found = vec![];
    if search.ids.is_empty() {
        found = store::public(tx, scope, search, MOST_REQUESTS as i64)?;
        found.retain(|it| search.services.is_empty() || search.services.contains(&it.category));
        found.retain(|it| if is_open(it) { search.open } else { search.closed });
    } else {
        for id in search.ids.iter().take(MOST_REQUESTS) {
            match load(tx, TicketId::from(*id)) {
                Ok(it) if it.openness == Openness::Public && scope.covers(&it.place) => found.push(it),
                Ok(_) | Err(::store::StoreError::Missing) => {}
                Err(problem) => return Err(problem.into()),
            }
        }
    }
    let rows = found.into_iter().map(|it| row(tx, &it)).collect::<Result<_, _>>()?;
    Ok(Answer::List("service_requests", "request", rows))
}

/// One public case.
pub(crate) fn request(tx: &mut Tx<'_>, id: TicketId) -> Result<Answer, Problem> {
    let ticket = load(tx, id)?;
    if ticket.openness != Openness::Public {
        return Err(Problem::NotFound);
    }
    Ok(Answer::List("service_requests", "request", vec![row(tx, &ticket)?]))
}

/// The community a sender means, within the jurisdiction that was named; a position helps where a name does not.
pub(crate) fn community(tx: &mut Tx<'_>, scope: &Scope, place: &Place) -> Result<String, Problem> {
    let named = match &place.named {
        Some(named) => systems::meant(tx, named)?,
        None => vec![],
    };
    if let [one] = named.as_slice() {
        let there = communities::load(tx, one.id)?.place;
        return if scope.covers(&there) { Ok(one.id.to_string()) } else { Err(Problem::NotFound) };
    }
    let near = match place.position {
        Some(at) => plans::nearest(tx, scope, at)?,
        None => None,
    };
    match near {
        // Of several of one name it is the nearest; one of another name is not meant.
        Some(near) if named.is_empty() || named.iter().any(|it| it.id == near) => Ok(near.to_string()),
        _ if place.named.is_some() => systems::one_of(&named).map(|it| it.to_string()),
        _ => {
            let message = "这个位置一公里内没有登记过位置的小区，请给出 address_id 或 address_string";
            Err(Problem::Invalid(vec![FieldError::new("community", message)]))
        }
    }
}

/// The case a code leads to, under the name of a token.
pub(crate) fn token(tx: &mut Tx<'_>, vault: &app::Vault, code: &str) -> Result<Answer, Problem> {
    let ticket = crate::reporting::actions::held(tx, vault, code)?;
    let row = vec![("service_request_id", text(ticket.id.to_string())), ("token", text(code))];
    Ok(Answer::List("service_requests", "request", vec![row]))
}

fn is_open(ticket: &Ticket) -> bool {
    ticket.stage.is_open() || matches!(ticket.stage, Stage::Answered { .. })
}

fn row(tx: &mut Tx<'_>, it: &Ticket) -> Result<Row, Problem> {
    let community = communities::load(tx, it.place.community.into())?;
    let position = plans::position_of(tx, &community)?.map(registry::plans::Position::degrees);
    let (lat, long) =
        position.map_or((Value::Nothing, Value::Nothing), |(a, b)| (Value::Degrees(a), Value::Degrees(b)));
    let community = communities::shown(tx, community)?;
    let agency = match it.stage.handler() {
        Some(handler) => text(bodies::name(tx, handler)?),
        None => Value::Nothing,
    };
    let last = line::steps(tx, it.id)?.last().map(|it| it.at);
    let updated = last.or(it.closed_at).unwrap_or(it.filed_at);
    Ok(vec![
        ("service_request_id", text(it.id.to_string())),
        ("status", text(if is_open(it) { "open" } else { "closed" })),
        ("status_notes", text(labels::stage(&it.stage).1)),
        ("service_name", text(category(&it.category).map_or("", |it| it.title.as_str()))),
        ("service_code", text(it.category.as_str())),
        ("description", text(it.body.as_str())),
        ("agency_responsible", agency),
        ("service_notice", text(crate::reporting::number_of(&community.county, it.number))),
        ("requested_datetime", text(it.filed_at.to_string())),
        ("updated_datetime", text(updated.to_string())),
        ("expected_datetime", text(it.dues.answer_by.to_string())),
        (
            "address",
            text(format!("{}{}{}{}", community.county, community.subdistrict, community.name, it.building)),
        ),
        ("address_id", text(it.place.community.to_string())),
        ("zipcode", Value::Nothing),
        // Where the community lies; where in it is said in words.
        ("lat", lat),
        ("long", long),
        // Photos show people and doors: whoever has the case's code sees them, nobody else.
        ("media_url", Value::Nothing),
    ])
}

/// What a client that has just sent a case is told.
pub(crate) fn created(tx: &mut Tx<'_>, id: TicketId, code: &str) -> Result<Answer, Problem> {
    let it = load(tx, id)?;
    let community = communities::load(tx, it.place.community.into())?;
    let county = communities::shown(tx, community)?.county;
    let notice = format!(
        "受理编号{}，{}前答复，查询码{}",
        crate::reporting::number_of(&county, it.number),
        labels::until(it.dues.answer_by),
        identifiers::grouped_code(code, 5)
    );
    let row = vec![
        ("service_request_id", text(id.to_string())),
        ("service_notice", text(notice)),
        ("account_id", Value::Nothing),
    ];
    Ok(Answer::List("service_requests", "request", vec![row]))
}
