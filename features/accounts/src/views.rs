//! 我的视图 — a list's filter, order and columns, kept under a name by whoever looks at it often. Nobody else sees it.

use ::store::{Recorded, Tx};
use kernel::{Problem, Refusal, Tenant};
use serde::Deserialize;
use web::{SavedView, Views};

use crate::{
    events::{ViewRemoved, ViewSaved},
    policy, store,
};

/// A list somebody needs more views of than this, they do not need.
const MOST: usize = 20;
const LONGEST_NAME: usize = 20;
const LONGEST_QUERY: usize = 1_000;
const LONGEST_PAGE: usize = 80;
/// Of all lists together.
const MOST_OF_ALL: i64 = 200;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ViewForm {
    page: String,
    query: String,
    name: String,
}

/// A view as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: i64,
    pub(crate) page: String,
    pub(crate) name: String,
    pub(crate) query: String,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ViewRefusal {
    #[error("请给视图起一个名字，不超过20个字")]
    NoName,
    #[error("这个列表已存了20个视图，请先删除不用的")]
    TooMany,
    #[error("这个查询不能保存，请回到列表重新筛选")]
    NotAList,
}

impl Refusal for ViewRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoName => "accounts.view_unnamed",
            Self::TooMany => "accounts.views_full",
            Self::NotAList => "accounts.view_not_a_list",
        }
    }
}

/// The views this person keeps of a list, and what saving the present question would keep.
///
/// # Errors
/// When the store refuses.
pub fn views(tx: &mut Tx<'_>, page: &'static str, text: &str) -> Result<Views, Problem> {
    let kept = store::views(tx, tx.ctx.actor.user, page)?;
    let shown = |it: Kept| SavedView { is_here: it.query == text, href: it.href(), id: it.id, name: it.name };
    Ok(Views { page, text: text.to_owned(), saved: kept.into_iter().map(shown).collect() })
}

impl Kept {
    fn href(&self) -> String {
        format!("{}?{}", self.page, self.query)
    }
}

/// A question without anybody's phone or number in the words that were searched for.
fn masked(query: &str) -> String {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let typed = |name: &str| matches!(name, "named" | "said");
    let pairs = pairs.into_iter().map(|(name, value)| {
        let value = if typed(&name) { identifiers::mask_numbers(&value) } else { value };
        (name, value)
    });
    serde_html_form::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default()
}

/// A list of this house: a plain path, so that a saved view never leads elsewhere.
fn is_a_list(form: &ViewForm) -> bool {
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '/' || it == '-';
    let question = |it: char| it.is_ascii_alphanumeric() || "=&%+._-~*".contains(it);
    form.page.starts_with('/')
        && !form.page.starts_with("//")
        && form.page.chars().all(plain)
        && form.query.chars().all(question)
        && form.query.len() <= LONGEST_QUERY
        && form.page.len() <= LONGEST_PAGE
}

/// 保存视图 — under a name used before, it takes the older one's place.
pub(crate) fn keep(tx: &mut Tx<'_>, form: &ViewForm) -> Result<(String, Recorded), Problem> {
    let person = tx.ctx.actor.user;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.save_view")?;
    let name = form.name.trim();
    if name.is_empty() || LONGEST_NAME < name.chars().count() {
        return Err(ViewRefusal::NoName.into());
    }
    if !is_a_list(form) {
        return Err(ViewRefusal::NotAList.into());
    }
    let kept = store::views(tx, person, &form.page)?;
    let all = store::count_views(tx, person)?;
    if (MOST <= kept.len() || MOST_OF_ALL <= all) && kept.iter().all(|it| it.name != name) {
        return Err(ViewRefusal::TooMany.into());
    }
    let view = Kept {
        id: tx.ctx.new_id(Tenant::of_id(person.into())),
        page: form.page.clone(),
        name: name.to_owned(),
        query: masked(&form.query),
    };
    store::put_view(tx, person, &view)?;
    let page = view.page.clone();
    Ok((view.href(), tx.record(permit, &ViewSaved { person, page })?))
}

/// 删除视图.
pub(crate) fn forget(tx: &mut Tx<'_>, id: i64) -> Result<(String, Recorded), Problem> {
    let person = tx.ctx.actor.user;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.remove_view")?;
    let view = store::view(tx, person, id)?;
    store::drop_view(tx, person, id)?;
    let recorded = tx.record(permit, &ViewRemoved { person, page: view.page.clone() })?;
    Ok((view.page, recorded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_leads_to_a_list_of_this_house() {
        let is = |page: &str, query: &str| {
            is_a_list(&ViewForm { page: page.to_owned(), query: query.to_owned(), name: String::new() })
        };
        assert!(is("/registry/communities", "named=%E6%A1%83&column=name"));
        for page in ["//elsewhere.example", "https://elsewhere.example", "registry", "/a\\b", ""] {
            assert!(!is(page, ""), "{page}");
        }
        assert!(!is("/tickets", "a=\r\nset-cookie: x"));
        assert_eq!(
            masked("said=13800138000&category=lift&county=13800138000"),
            "said=138********&category=lift&county=13800138000"
        );
        assert!(!is("/tickets", &"a".repeat(LONGEST_QUERY + 1)));
    }
}
