//! Growth and its witnesses: the root over leaf hashes, whether a log only grew, and the line a witness signs a head with (C2SP
//! tlog-cosignature v1). Pure; the witness program and the house use the same.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

pub type Hash = [u8; 32];

/// Type of a cosignature in a signed note, before the key in its short hash.
const COSIGNATURE: u8 = 4;

/// The hash a leaf stands in the tree with.
#[must_use]
pub fn leaf_hash(content: &[u8]) -> Hash {
    Sha256::digest([&[0][..], content].concat()).into()
}

/// The root of RFC 6962 over leaf hashes, from the left.
#[must_use]
pub fn root_over(leaves: &[Hash]) -> Hash {
    // Whole subtrees from the left with their sizes; equal neighbours become one.
    let mut whole: Vec<(usize, Hash)> = vec![];
    for leaf in leaves {
        whole.push((1, *leaf));
        while let [.., (left, a), (right, b)] = whole[..]
            && left == right
        {
            whole.truncate(whole.len() - 2);
            whole.push((left + right, node(&a, &b)));
        }
    }
    let joined = whole.into_iter().rev().map(|it| it.1).reduce(|right, left| node(&left, &right));
    joined.unwrap_or_else(|| Sha256::digest([]).into())
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::digest([&[1][..], left, right].concat()).into()
}

/// What a head says: how many leaves, which root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub size: usize,
    pub root: Vec<u8>,
}

/// Reads the text of a head; none when it is not this log's.
#[must_use]
pub fn head_of(text: &str, origin: &str) -> Option<Head> {
    let mut lines = text.lines();
    let own = lines.next()? == origin;
    let (size, root) = (lines.next()?.parse().ok()?, STANDARD.decode(lines.next()?).ok()?);
    (own && root.len() == 32).then_some(Head { size, root })
}

/// Whether these leaf hashes are those of the new head, and begin with those of the one seen before.
///
/// # Errors
/// What does not hold, in a sentence.
pub fn grew(before: Option<&Head>, now: &Head, leaves: &[Hash]) -> Result<(), String> {
    if leaves.len() != now.size {
        return Err(format!("检查点说有{}条，日志给出{}条", now.size, leaves.len()));
    }
    if root_over(leaves).as_slice() != now.root {
        return Err(format!("日志的{}条与检查点的根不符", now.size));
    }
    let Some(before) = before else { return Ok(()) };
    if now.size < before.size {
        return Err(format!("日志变短了：上次见到{}条，现在{}条", before.size, now.size));
    }
    if root_over(&leaves[..before.size]).as_slice() == before.root {
        Ok(())
    } else {
        Err(format!("前{}条与上次见到的不同，历史记录被改动过", before.size))
    }
}

/// The line a witness adds to a head it has checked, at a second.
#[must_use]
pub fn cosign(key: &SigningKey, name: &str, head: &str, second: u64) -> String {
    let signature = key.sign(message(head, second).as_bytes()).to_bytes();
    let line = [&short_hash(name, &key.verifying_key())[..], &second.to_be_bytes(), &signature].concat();
    format!("— {name} {}", STANDARD.encode(line))
}

/// The second a line was signed at, when it is this witness's on this head.
#[must_use]
pub fn cosigned(line: &str, name: &str, key: &VerifyingKey, head: &str) -> Option<u64> {
    let signed = line.trim_end().strip_prefix("— ")?.strip_prefix(name)?.strip_prefix(' ')?;
    let bytes = STANDARD.decode(signed).ok()?;
    let (hash, rest) = bytes.split_at_checked(4)?;
    let (second, signature) = rest.split_at_checked(8)?;
    let second = u64::from_be_bytes(second.try_into().ok()?);
    let signature = Signature::from_slice(signature).ok()?;
    let right = hash == short_hash(name, key)
        && key.verify_strict(message(head, second).as_bytes(), &signature).is_ok();
    right.then_some(second)
}

fn message(head: &str, second: u64) -> String {
    format!("cosignature/v1\ntime {second}\n{head}")
}

fn short_hash(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let hash = Sha256::digest([name.as_bytes(), b"\n", &[COSIGNATURE], key.as_bytes()].concat());
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The text and the house's own signature of a checkpoint, opened with its key: the text alone is what is co-signed.
#[must_use]
pub fn opened<'a>(note: &'a str, key: &VerifyingKey) -> Option<&'a str> {
    super::rules::opened(note, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::rules;

    fn leaves(n: u8) -> Vec<Hash> {
        (0..n).map(|it| leaf_hash(&rules::bytes(&rules::commitment(&it.to_string())).unwrap())).collect()
    }

    fn head(n: u8) -> Head {
        Head { size: n.into(), root: root_over(&leaves(n)).to_vec() }
    }

    #[test]
    fn the_root_is_that_of_the_other_implementation() {
        for n in 0..40_u8 {
            let texts: Vec<String> = (0..n).map(|it| rules::commitment(&it.to_string())).collect();
            let tree = rules::tree(&texts).unwrap();
            assert_eq!(root_over(&leaves(n)).as_slice(), tree.root().as_bytes().as_slice(), "{n}");
        }
    }

    #[test]
    fn a_log_that_grew_is_told_from_one_that_was_written_anew_cut_or_split() {
        let all = leaves(12);
        assert_eq!(grew(None, &head(7), &all[..7]), Ok(()));
        assert_eq!(grew(Some(&head(7)), &head(12), &all), Ok(()));
        assert_eq!(grew(Some(&head(12)), &head(12), &all), Ok(()));
        let mut anew = all.clone();
        anew[3] = leaf_hash(b"another");
        let signed = Head { size: 12, root: root_over(&anew).to_vec() };
        assert_eq!(
            grew(Some(&head(7)), &signed, &anew).unwrap_err(),
            "前7条与上次见到的不同，历史记录被改动过"
        );
        // A split view: the same size, another root.
        assert_eq!(
            grew(Some(&head(12)), &signed, &anew).unwrap_err(),
            "前12条与上次见到的不同，历史记录被改动过"
        );
        assert!(grew(Some(&head(7)), &head(5), &all[..5]).unwrap_err().contains("日志变短了"));
        assert!(grew(Some(&head(7)), &head(12), &anew).unwrap_err().contains("与检查点的根不符"));
        assert!(grew(None, &head(12), &all[..11]).unwrap_err().contains("日志给出11条"));
    }

    #[test]
    fn a_witness_signs_one_head_under_one_name() {
        let (key, other) = (SigningKey::from_bytes(&[3; 32]), SigningKey::from_bytes(&[4; 32]));
        let text = rules::head("5", &rules::tree(&[rules::commitment("a")]).unwrap());
        let line = cosign(&key, "street.example", &text, 1_724_000_000);
        let by = |name: &str, key: &SigningKey, head: &str| cosigned(&line, name, &key.verifying_key(), head);
        assert_eq!(by("street.example", &key, &text), Some(1_724_000_000));
        assert_eq!(by("street.example", &other, &text), None);
        assert_eq!(by("another.example", &key, &text), None);
        assert_eq!(by("street.example", &key, &text.replace("\n1\n", "\n2\n")), None);
        assert_eq!(cosigned("", "street.example", &key.verifying_key(), &text), None);
        assert_eq!(head_of(&text, "jiayuan/vote/5").unwrap().size, 1);
        assert_eq!(head_of(&text, "jiayuan/vote/6"), None);
    }
}
