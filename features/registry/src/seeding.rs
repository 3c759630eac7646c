//! Made-up places, companies and records for a demonstration and for tests: seeded, so that they are the same each time.

mod names;
mod plans;
mod records;

pub use plans::{picture, positions};
pub use records::{has_findings, standing};

use kernel::{Area, Place, Tenant};
use store::{Result, Tx};

use crate::{
    communities::{self, Community, CommunityId},
    departments::{self, Department, DepartmentId},
    divisions::{self, Division, DivisionId, Kind},
    enterprises::{self, Enterprise, EnterpriseId},
};

/// A city to be made: its counties in the order of their codes.
#[derive(Debug, Clone)]
pub struct City {
    pub id: i64,
    pub code: &'static str,
    pub name: &'static str,
    pub counties: Vec<County>,
}

#[derive(Debug, Clone)]
pub struct County {
    pub tenant: Tenant,
    pub code: String,
    pub name: String,
    pub subdistricts: Vec<(String, String)>,
    pub communities: usize,
    /// How many of them nobody manages.
    pub unmanaged: usize,
}

/// 六安市: seven counties and districts; 舒城 has 140 communities, 131 of them managed (SC-003).
#[must_use]
pub fn luan(communities: Option<usize>) -> City {
    let counties = [
        ("341502", "金安区", 96),
        ("341503", "裕安区", 88),
        ("341504", "叶集区", 34),
        ("341522", "霍邱县", 72),
        ("341523", "舒城县", 140),
        ("341524", "金寨县", 41),
        ("341525", "霍山县", 38),
    ];
    let shucheng = [
        "100 城关镇",
        "101 晓天镇",
        "102 桃溪镇",
        "103 万佛湖镇",
        "104 千人桥镇",
        "105 百神庙镇",
        "106 杭埠镇",
        "400 县经济开发区",
    ];
    let elsewhere = ["001 东市街道", "002 西市街道", "003 中市街道", "100 城关镇", "101 南河镇"];
    let all: usize = counties.iter().map(|it| it.2).sum();
    let county = |(n, (code, name, usual)): (usize, &(&str, &str, usize))| {
        let streets: &[&str] = if *name == "舒城县" { &shucheng } else { &elsewhere };
        let split =
            |it: &&str| it.split_once(' ').map(|(digits, name)| (format!("{code}{digits}"), name.to_owned()));
        let number = communities.map_or(*usual, |wanted| wanted * usual / all);
        County {
            tenant: Tenant::from_number(n as u16 + 1),
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            subdistricts: streets.iter().filter_map(split).collect(),
            communities: number,
            unmanaged: number * 9 / 140,
        }
    };
    City {
        id: 1,
        code: "341500",
        name: "六安市",
        counties: counties.iter().enumerate().map(county).collect(),
    }
}

/// 北京市: sixteen districts, and 经开区 under a code of its own.
#[must_use]
pub fn beijing(communities: Option<usize>) -> City {
    let names = "东城区 西城区 朝阳区 丰台区 石景山区 海淀区 门头沟区 房山区 通州区 顺义区 昌平区 大兴区 怀柔区 平谷区 密云区 延庆区";
    let codes = [
        "110101", "110102", "110105", "110106", "110107", "110108", "110109", "110111", "110112", "110113",
        "110114", "110115", "110116", "110117", "110118", "110119",
    ];
    let areas = codes.into_iter().zip(names.split(' ')).chain([("BJ-ETDZ", "经济技术开发区")]);
    let county = |(n, (code, name)): (usize, (&str, &str))| {
        let number = communities.map_or(14, |it| it / 17);
        let street = |digits: &str, street: &str| (format!("{code}{digits}"), street.to_owned());
        County {
            tenant: Tenant::from_number(n as u16 + 1),
            code: code.to_owned(),
            name: name.to_owned(),
            subdistricts: vec![street("001", "和顺街道"), street("002", "安定街道")],
            communities: number,
            unmanaged: number / 14,
        }
    };
    City { id: 1, code: "110000", name: "北京市", counties: areas.enumerate().map(county).collect() }
}

/// Numbers that look random and are the same each time (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((it ^ (it >> 31)) % n.max(1) as u64) as usize
    }

    /// True `n` times in a hundred.
    pub fn hits(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least + 1) as usize) as i64
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The departments of a county that problems of communities are often given to.
///
/// # Errors
/// When the store refuses.
pub fn departments(tx: &mut Tx<'_>, city: i64, tenant: Tenant) -> Result<Vec<DepartmentId>> {
    let mut made = vec![];
    for name in ["公安局", "消防救援大队", "城市管理综合执法大队", "市场监督管理局", "自然资源和规划局"]
    {
        let id = DepartmentId::from(tx.ctx.new_id(Tenant::from_number(0)));
        let it = Department { id, tenant, city, name: name.to_owned(), ended_on: None, version: 1 };
        departments::add(tx, &it)?;
        made.push(id);
    }
    Ok(made)
}

/// The city and its counties, subdistricts and neighborhoods.
///
/// # Errors
/// When the store refuses.
pub fn places(tx: &mut Tx<'_>, city: &City) -> Result<()> {
    let mut next = city.id;
    let mut add = |tx: &mut Tx<'_>, code: &str, name: &str, kind, parent, tenant| {
        let id = DivisionId::from(next);
        next += 1;
        divisions::add(
            tx,
            &Division {
                id,
                code: code.to_owned(),
                name: name.to_owned(),
                kind,
                parent,
                city: city.id,
                tenant,
                ended_on: None,
                version: 1,
            },
        )
        .map(|()| id)
    };
    let top = add(tx, city.code, city.name, Kind::City, None, Tenant::from_number(0))?;
    for county in &city.counties {
        let here = add(tx, &county.code, &county.name, Kind::County, Some(top), county.tenant)?;
        for (code, name) in &county.subdistricts {
            let street = add(tx, code, name, Kind::Subdistrict, Some(here), county.tenant)?;
            for (n, neighborhood) in names::NEIGHBORHOODS.iter().take(4).enumerate() {
                let name = format!(
                    "{}{neighborhood}社区",
                    if n == 0 { name.trim_end_matches(['镇', '街', '道', '乡', '区']) } else { "" }
                );
                add(
                    tx,
                    &format!("{code}{:03}", n + 1),
                    &name,
                    Kind::Neighborhood,
                    Some(street),
                    county.tenant,
                )?;
            }
        }
    }
    Ok(())
}

/// About `n` companies with right codes and invented names.
///
/// # Errors
/// When the store refuses.
pub fn companies(tx: &mut Tx<'_>, city: &City, n: usize) -> Result<Vec<EnterpriseId>> {
    let mut made = vec![];
    for number in 0..n {
        let body = format!("91341500MA{:06}", 200_000 + number * 7);
        let Some(uscc) = identifiers::Uscc::complete(&body) else { continue };
        let id = EnterpriseId::from(tx.ctx.new_id(Tenant::from_number(0)));
        let name = names::enterprise(city.name, number);
        let home_tenant = i64::from(city.counties[number % city.counties.len()].tenant.number());
        enterprises::add(
            tx,
            &Enterprise {
                id,
                uscc: uscc.to_string(),
                name,
                city: city.id,
                home_tenant,
                note: String::new(),
                version: 1,
            },
            None,
        )?;
        made.push(id);
    }
    Ok(made)
}

/// The communities numbered `from..to` of one county, with the records that bear on them.
///
/// # Errors
/// When the store refuses.
pub fn communities(
    tx: &mut Tx<'_>,
    city: &City,
    county: &County,
    range: std::ops::Range<usize>,
    companies: &[EnterpriseId],
) -> std::result::Result<Vec<CommunityId>, kernel::Problem> {
    let all = divisions::neighborhoods(tx, city.id, Some(county.tenant))?;
    let mut made = vec![];
    for n in range {
        let mut dice = Dice(u64::from(county.tenant.number()) << 32 | n as u64);
        // Two thirds of a county's compounds stand in its first two streets.
        let home = if dice.hits(66) { dice.below(8) } else { dice.below(all.len()) };
        let place = divisions::place_of(tx, all[home.min(all.len() - 1)].0)?;
        let managed = n >= county.unmanaged;
        let company = if managed {
            i64::from(companies[(n + usize::from(county.tenant.number()) * 5) % companies.len()])
        } else {
            0
        };
        let id = CommunityId::from(tx.ctx.new_id(county.tenant));
        let (buildings, old) = (dice.between(2, 26), dice.hits(18));
        let households = buildings * dice.between(24, 60);
        let it = Community {
            id,
            place: Place { community: id.into(), enterprise: company, ..place },
            number: n as i64 + 1,
            name: names::community(n),
            kind: if old {
                communities::seeding_kind("old")
            } else {
                communities::seeding_kind(
                    ["commodity", "commodity", "commodity", "resettlement", "affordable"][dice.below(5)],
                )
            },
            address: format!("{}路{}号", dice.of(names::ROADS), dice.between(1, 288)),
            built_year: Some(if old { dice.between(1985, 1999) } else { dice.between(2000, 2022) }),
            floor_area: Some(Area(households * dice.between(88_000, 118_000))),
            buildings: Some(buildings),
            entrances: Some(buildings * dice.between(1, 3)),
            households,
            service_mode: communities::seeding_mode(if managed {
                ["market", "market", "market", "market", "state_owned", "public_welfare"][dice.below(6)]
            } else {
                "none"
            }),
            note: String::new(),
            version: 1,
        };
        communities::store::add(tx, &it, None)?;
        records::history(tx, &it, &mut dice)?;
        made.push(id);
    }
    Ok(made)
}
