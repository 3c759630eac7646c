//! A record read from its archive, within bounds; whatever is wrong with it is told in a sentence.

use std::io::{Cursor, Read as _};

use serde::de::DeserializeOwned;
use zip::ZipArchive;

pub(super) type Found<T> = Result<T, String>;

/// No record of a community is larger; what is, is a trap.
const LARGEST: u64 = 512 << 20;

/// A record as it was downloaded.
pub(super) struct Record<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Record<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Found<Self> {
        ZipArchive::new(Cursor::new(bytes))
            .map(Self)
            .map_err(|_| "这个文件不是表决记录，或者没有下载完整，请重新下载".to_owned())
    }

    pub(super) fn text(&mut self, name: &str) -> Found<String> {
        let mut file = self.0.by_name(name).map_err(|_| format!("记录里缺少 {name}，文件不完整"))?;
        if LARGEST < file.size() {
            return Err(format!("{name} 太大，不像是表决记录"));
        }
        let mut text = String::new();
        file.by_ref().take(LARGEST).read_to_string(&mut text).map_err(|_| format!("{name} 无法读取"))?;
        Ok(text)
    }

    pub(super) fn names(&self, folder: &str) -> Vec<String> {
        let names = self.0.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned);
        let mut names: Vec<String> = names.filter(|it| it.starts_with(folder)).collect();
        names.sort();
        names
    }
}

pub(super) fn json<T: DeserializeOwned>(text: &str, name: &str) -> Found<T> {
    serde_json::from_str(text).map_err(|it| format!("{name} 无法识别：{it}"))
}

pub(super) fn lines<T: DeserializeOwned>(text: &str, name: &str) -> Found<Vec<T>> {
    let read = |(n, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|it| format!("{name} 第{}行无法识别：{it}", n + 1))
    };
    text.lines().enumerate().map(read).collect()
}
