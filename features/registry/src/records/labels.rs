//! What happened to a record, in words.

pub(crate) fn happened(event: &str) -> &'static str {
    match event {
        "registry.record_created" => "登记",
        "registry.record_edited" => "修改",
        "registry.record_voided" => "作废",
        "registry.evidence_attached" => "上传佐证",
        "registry.evidence_taken_away" => "移除佐证",
        _ => "办理",
    }
}
