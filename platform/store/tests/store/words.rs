//! A search's pages on both stores.

use kernel::Tenant;
use testkit::{House, on_both_stores};

on_both_stores!(crate::house;
    a_page_of_a_search_is_the_newest_however_common_the_word,
    text_is_ordered_by_its_bytes,
);

/// Pages of two of those that say a word, newest first, until there are no more.
async fn found(house: &House, tenant: u16, word: &'static str) -> Vec<i64> {
    const SQL: &str = "select t.id from words($1) w cross join things t where t.tenant = w.tenant and t.id = w.id /*[next] and w.id < $2*/ order by w.id desc limit $3";
    house
        .given(move |tx| {
            let asked = tx.search("thing", Some(Tenant::from_number(tenant)), word).unwrap();
            let (mut all, mut last) = (vec![], None);
            loop {
                let next: &[&str] = if last.is_some() { &["next"] } else { &[] };
                let args = [asked.clone(), last.into(), 2.into()];
                let page = tx.list(&store::Listing::of(SQL, next, &args), |it| it.int("id"))?;
                let Some(it) = page.last() else { return Ok(all) };
                last = Some(*it);
                all.extend(page);
            }
        })
        .await
}

/// A word in every thousandth, one in the oldest alone and one in a neighbouring county: whether the newest hold a page of them or not.
async fn a_page_of_a_search_is_the_newest_however_common_the_word(house: House) {
    let made = house
        .given(|tx| {
            let mut made = vec![];
            for n in 0..9_000_i64 {
                let id = tx.ctx.new_id(Tenant::from_number(3));
                let says = match n {
                    0..3 => "凤凰台",
                    _ if n % 1_000 == 7 => "电梯按钮失灵",
                    _ => "楼道灯不亮",
                };
                tx.put("insert into things (tenant, id, name) values (3, $1, '')", &[id.into()])?;
                tx.put_words("thing", id, &[says])?;
                made.push(id);
            }
            let other = tx.ctx.new_id(Tenant::from_number(4));
            tx.put("insert into things (tenant, id, name) values (4, $1, '')", &[other.into()])?;
            tx.put_words("thing", other, &["电梯按钮失灵"])?;
            Ok(made)
        })
        .await;
    let mut common: Vec<i64> = made.iter().copied().skip(7).step_by(1_000).collect();
    common.reverse();
    assert_eq!(found(&house, 3, "电梯按钮").await, common);
    assert_eq!(found(&house, 3, "凤凰台").await, [made[2], made[1], made[0]]);
    assert_eq!((found(&house, 4, "电梯").await.len(), found(&house, 3, "没有的词").await.len()), (1, 0));
}

async fn text_is_ordered_by_its_bytes(house: House) {
    for (n, name) in ["b", "B", "啊", "a", "Ä"].into_iter().enumerate() {
        house
            .given(move |tx| {
                Ok(tx.change_one(
                    "insert into things (tenant, id, name) values (1, $1, $2)",
                    &[(n as i64).into(), name.into()],
                )?)
            })
            .await;
    }
    let names = house
        .given(|tx| Ok(tx.all("select name from things order by name", &[], |it| it.text("name"))?))
        .await;
    assert_eq!(names, ["B", "a", "b", "Ä", "啊"]);
}
