//! Who is in the demonstration: the communities that take part, and the people one may log in as.

use app::App;
use kernel::{Problem, Role, Scope};
use registry::seeding::{self, City};

/// A few strong communities of every county, with the records their gates ask for.
pub(super) async fn candidates(
    app: &App,
    ctx: &kernel::Ctx,
    city: &City,
    made: &[registry::communities::CommunityId],
    shown: kernel::Tenant,
) -> Result<Vec<registry::communities::CommunityId>, Problem> {
    let mut chosen = vec![];
    for county in &city.counties {
        let mut here = 0;
        let more = if county.tenant == shown { 2 } else { 0 };
        let wanted = (county.communities * 3 / 100).clamp(1, 4) + more;
        for id in made.iter().copied().filter(|it| kernel::Tenant::of_id(i64::from(*it)) == county.tenant) {
            let n = chosen.len() as i64;
            let taken = app.store.housekeep(ctx.clone(), move |tx| {
                let community = registry::communities::load(tx, id)?;
                if community.place.enterprise == 0 || seeding::has_findings(tx, &community)? {
                    return Ok(false);
                }
                seeding::standing(tx, &community, 960 + n * 7 % 38, 0)?;
                Ok(true)
            });
            if taken.await? {
                chosen.push(id);
                here += 1;
            }
            if wanted <= here {
                break;
            }
        }
    }
    Ok(chosen)
}

/// Somebody at the street where an application of the shown county waits to be looked at.
pub(super) fn waiting_street(
    tx: &mut store::Tx<'_>,
    candidates: &[registry::communities::CommunityId],
    shown: kernel::Tenant,
) -> Result<(), Problem> {
    let here: Vec<_> =
        candidates.iter().filter(|it| kernel::Tenant::of_id(i64::from(**it)) == shown).collect();
    let Some(waiting) = here.iter().rev().nth(1) else { return Ok(()) };
    let place = registry::communities::load(tx, **waiting)?.place;
    let street = registry::divisions::division(tx, place.subdistrict.into())?;
    let post = (Role::Subdistrict, Scope::Subdistrict(place.subdistrict), street.name.as_str());
    accounts::seeding::person(tx, "jiedao2", "秦月", &[post])?;
    Ok(())
}

/// Where the demonstration's people are at home: the first community of the shown county that a company serves.
pub(super) fn home(
    tx: &mut store::Tx<'_>,
    communities: &[registry::communities::CommunityId],
    shown: kernel::Tenant,
) -> Result<registry::communities::Community, Problem> {
    for id in communities.iter().filter(|it| kernel::Tenant::of_id(i64::from(**it)) == shown) {
        let community = registry::communities::load(tx, *id)?;
        if community.place.enterprise != 0 {
            return Ok(community);
        }
    }
    Err(Problem::NotFound)
}

/// Invented people, from the city down; some hold two posts (双向进入、交叉任职).
pub(super) fn people(
    tx: &mut store::Tx<'_>,
    city: &City,
    communities: &[registry::communities::CommunityId],
    companies: &[registry::enterprises::EnterpriseId],
) -> Result<(campaigns::seeding::Cast, assemblies::seeding::Cast), Problem> {
    use accounts::seeding::person;
    let shown = city.counties.iter().max_by_key(|it| (it.communities, it.tenant)).ok_or(Problem::NotFound)?;
    let next = city.counties.iter().find(|it| it.tenant != shown.tenant).ok_or(Problem::NotFound)?;
    let home = home(tx, communities, shown.tenant)?;
    let neighborhood = registry::divisions::division(tx, home.place.neighborhood.into())?;
    let subdistrict = registry::divisions::division(tx, home.place.subdistrict.into())?;
    let bureau = if city.code == "110000" { "住房和城乡建设委员会" } else { "城市管理局" };
    let (whole, county) = (Scope::City(city.id), Scope::County(shown.tenant));
    let city_bureau = format!("{}{bureau}", city.name);
    let city_officer = person(tx, "shiju", "方明远", &[(Role::CityBureau, whole, &city_bureau)])?;
    person(tx, "shiju2", "宋知秋", &[(Role::CityBureau, whole, &city_bureau)])?;
    let county_officer =
        person(tx, "xianju", "程立新", &[(Role::CountyBureau, county, &format!("{}{bureau}", shown.name))])?;
    person(
        tx,
        "linxian",
        "吴大川",
        &[(Role::CountyBureau, Scope::County(next.tenant), &format!("{}{bureau}", next.name))],
    )?;
    let street_officer = person(
        tx,
        "jiedao",
        "周晓岚",
        &[(Role::Subdistrict, Scope::Subdistrict(subdistrict.id.into()), &subdistrict.name)],
    )?;
    let committee = format!("{}业主委员会", home.name);
    let worker = person(
        tx,
        "shequ",
        "李春梅",
        &[
            (Role::Neighborhood, Scope::Neighborhood(neighborhood.id.into()), &neighborhood.name),
            (Role::OwnersCommittee, Scope::Community(home.id.into()), &committee),
        ],
    )?;
    let at_home = Scope::Community(home.id.into());
    let branch =
        person(tx, "shuji", "赵国栋", &[(Role::PartyBranch, at_home, &format!("{}党支部", home.name))])?;
    let chair = person(tx, "zhuren", "林正华", &[(Role::OwnersCommittee, at_home, &committee)])?;
    person(tx, "jianpiao", "石磊", &[(Role::Observer, at_home, &format!("{}监票人", home.name))])?;
    let serving = if home.place.enterprise == 0 { i64::from(companies[0]) } else { home.place.enterprise };
    let mut managers = vec![];
    for (name, who, id) in [("qiye", "陈思远", serving), ("qiye2", "何静", i64::from(companies[1]))] {
        let company = registry::enterprises::name_of(tx, id)?.unwrap_or_default();
        managers.push(person(tx, name, who, &[(Role::Enterprise, Scope::Enterprise(id), &company)])?);
    }
    let departments = registry::seeding::departments(tx, city.id, shown.tenant)?;
    let fire = registry::departments::load(tx, departments[1])?;
    person(
        tx,
        "xiaofang",
        "高远",
        &[(Role::CoHandler, Scope::Department(fire.id.into()), &format!("{}{}", shown.name, fire.name))],
    )?;
    for (name, who, label) in [
        ("ceping1", "孙博文", "联席会议成员单位"),
        ("ceping2", "钱慧", "物业管理专家"),
        ("ceping3", "郑凯", "第三方测评机构"),
    ] {
        person(tx, name, who, &[(Role::Assessor, whole, label)])?;
    }
    for (name, who, label) in
        [("xianping1", "罗小满", "县物业管理专家"), ("xianping2", "江一帆", "县第三方测评机构")]
    {
        person(tx, name, who, &[(Role::Assessor, county, label)])?;
    }
    let administrators = [
        ("xitong", "许国强", Role::SystemAdministrator),
        ("anquan", "马莉", Role::SecurityAdministrator),
        ("shenji", "罗成", Role::AuditAdministrator),
    ];
    for (name, who, role) in administrators {
        person(tx, name, who, &[(role, whole, &city_bureau)])?;
    }
    let owners =
        assemblies::seeding::Cast { committee: chair, neighborhood: worker, branch, street: street_officer };
    let cast = campaigns::seeding::Cast {
        city: city.id,
        city_officer,
        county_officer,
        street_officer,
        manager: managers[0],
        shown: shown.tenant,
    };
    Ok((cast, owners))
}
