//! The registers through their doors, on both stores.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

mod adjusting;
mod communities;
mod divisions;
mod enterprises;
mod facts;
mod imports;
mod lists;
mod plans;
mod records;
mod registers;
mod standings;

use kernel::{Role, Scope, Tenant};
use registry::seeding;
use store::Kind;
use testkit::{Browser, House};

/// A small city: two counties, their streets and neighborhoods, two companies, six communities each.
pub(crate) fn house(kind: Kind) -> House {
    House::new(
        kind,
        &[store::MIGRATIONS, files::MIGRATIONS, accounts::MIGRATIONS, registry::MIGRATIONS].concat(),
        |_| registry::routes(),
    )
}

pub(crate) async fn furnish(house: &House) {
    house
        .given(|tx| {
            let mut city = seeding::luan(Some(40));
            city.counties.truncate(2);
            seeding::places(tx, &city)?;
            let companies = seeding::companies(tx, &city, 2)?;
            for county in &city.counties {
                seeding::communities(tx, &city, county, 0..6, &companies)?;
            }
            Ok(())
        })
        .await;
}

pub(crate) async fn county(house: &House, number: u16) -> Browser {
    house
        .as_somebody(&format!("县局{number}"), Role::CountyBureau, Scope::County(Tenant::from_number(number)))
        .await
}

/// A neighborhood of a county, by its tenant.
pub(crate) async fn neighborhood(house: &House, tenant: i64) -> i64 {
    let sql = "select min(id) as id from registry_divisions where kind = 'neighborhood' and tenant = $1";
    house.given(move |tx| Ok(tx.one(sql, &[tenant.into()], |it| it.int("id"))?)).await
}
