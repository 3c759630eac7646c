//! How a log is hashed and its heads are written. Pure.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::Timestamp;
use kernel::Problem;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::types::BallotText;
use crate::{
    decisions::{Decision, DecisionId, Item, rules::option_id},
    rolls::hex,
};

/// RFC 6962 with SHA-256; a leaf's content is the 32 bytes of its commitment, so that the log can be shown without the
/// ballots.
pub type Tree = MemoryBackedTree<Sha256, Vec<u8>>;

/// What a leaf's content is the SHA-256 of: three lines, the last being the body.
#[must_use]
pub fn leaf_text(kind: &str, at: Timestamp, body: &str) -> String {
    format!("{kind}\n{at}\n{body}")
}

/// SHA-256 of a text's very bytes, in hexadecimal.
#[must_use]
pub fn commitment(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}

pub(crate) fn ballot_text(it: &BallotText) -> Result<String, Problem> {
    serde_json::to_string(it).map_err(|it| Problem::Broken(it.into()))
}

pub(crate) fn bytes(hex: &str) -> Option<Vec<u8>> {
    let byte = |n: usize| u8::from_str_radix(hex.get(n * 2..n * 2 + 2)?, 16).ok();
    if hex.is_ascii() && hex.len() == 64 { (0..32).map(byte).collect() } else { None }
}

/// The tree over these commitments; None when one of them is none.
pub(crate) fn tree(commitments: &[String]) -> Option<Tree> {
    let mut tree = Tree::new();
    for it in commitments {
        tree.push(bytes(it)?);
    }
    Some(tree)
}

pub(crate) fn origin(decision: &str) -> String {
    format!("jiayuan/vote/{decision}")
}

/// The text a checkpoint signs: whose log, how many leaves, which root (C2SP tlog-checkpoint).
#[must_use]
pub fn head(decision: &str, tree: &Tree) -> String {
    let root = STANDARD.encode(tree.root().as_bytes());
    format!("{}\n{}\n{root}\n", origin(decision), tree.len())
}

/// A signed note (C2SP signed-note): the text, an empty line, the signature with the key's short hash before it.
#[must_use]
pub fn sign(key: &SigningKey, decision: &str, head: &str) -> String {
    let name = origin(decision);
    let signature = key.sign(head.as_bytes()).to_bytes();
    let line = [&key_hash(&name, &key.verifying_key())[..], &signature].concat();
    format!("{head}\n— {name} {}\n", STANDARD.encode(line))
}

fn key_hash(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let hash = Sha256::digest([name.as_bytes(), b"\n", &[1], key.as_bytes()].concat());
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The head of a note whose signature is this key's; None when it is not.
#[must_use]
pub fn opened<'a>(note: &'a str, key: &VerifyingKey) -> Option<&'a str> {
    let (head, signatures) = note.split_once("\n\n")?;
    let head = &note[..head.len() + 1];
    let (name, line) = signatures.strip_prefix("— ")?.trim_end().split_once(' ')?;
    let line = STANDARD.decode(line).ok()?;
    let (hash, signature) = line.split_at_checked(4)?;
    let signature = Signature::from_slice(signature).ok()?;
    let right = hash == key_hash(name, key) && key.verify_strict(head.as_bytes(), &signature).is_ok();
    right.then_some(head)
}

/// The root a note names.
pub(crate) fn root_of(note: &str) -> Option<Vec<u8>> {
    STANDARD.decode(note.lines().nth(2)?).ok()
}

/// Six letters of a root, to be compared by eye: on the notice board, on a receipt.
pub(crate) fn short(root: &[u8]) -> String {
    let code = identifiers::spoken_code(&hex(root), 6).unwrap_or_default();
    identifiers::grouped_code(&code, 3)
}

/// `rules.json` of a decision, as `jiayuan tally` reads it.
pub(crate) fn rules_of(decision: &Decision, delivered: &[String]) -> Value {
    let noticed = decision.stage.noticed();
    let topic = |it: &Item| {
        let options: Vec<String> = (0..it.options.len()).map(option_id).collect();
        let mut topic = json!({ "id": it.id, "matter": it.matter, "options": options });
        if let Some(it) = &it.election {
            topic["election"] = json!({ "group": it.group, "seats": it.seats, "reserves": it.reserves });
        }
        topic
    };
    let mut rules = json!({
        "head_rule": decision.terms.head_rule,
        "topics": decision.agenda.iter().map(topic).collect::<Vec<_>>(),
        "invalid_takes_part": decision.terms.invalid_takes_part,
    });
    if let Some(it) = noticed {
        let last = it.closes_at - jiff::SignedDuration::from_micros(1);
        rules["decided_on"] = json!(kernel::beijing_date(last));
        rules["opens_at"] = json!(it.opens_at);
        // The tally lets the last moment in, the house does not: a ballot of 24:00 is late.
        rules["closes_at"] = json!(last);
    }
    if let Some(clause) = &decision.terms.silent_clause {
        rules["silent_votes"] = json!({ "clause": clause, "delivered": delivered });
    }
    rules
}

pub(crate) fn id_text(id: DecisionId) -> String {
    id.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(n: u8) -> Tree {
        tree(&(0..n).map(|it| commitment(&it.to_string())).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn the_tree_is_that_of_rfc_6962() {
        assert_eq!(
            hex(Tree::new().root().as_bytes()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        let two: Vec<Vec<u8>> = ["a", "b"].iter().map(|it| Sha256::digest(it.as_bytes()).to_vec()).collect();
        let leaf = |it: &Vec<u8>| Sha256::digest([&[0][..], it].concat()).to_vec();
        let root = Sha256::digest([vec![1], leaf(&two[0]), leaf(&two[1])].concat());
        let tree = tree(&["a", "b"].map(commitment)).unwrap();
        assert_eq!(hex(tree.root().as_bytes()), hex(&root));
    }

    #[test]
    fn every_leaf_is_proven_and_no_other() {
        let tree = grown(11);
        for n in 0..11_usize {
            let proof = tree.prove_inclusion(n);
            let of = |text: &str| Sha256::digest(text.as_bytes()).to_vec();
            assert!(tree.root().verify_inclusion(&of(&n.to_string()), n as u64, &proof).is_ok());
            assert!(tree.root().verify_inclusion(&of("other"), n as u64, &proof).is_err());
        }
    }

    #[test]
    fn a_note_is_opened_by_its_key_alone_and_only_unchanged() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let head = head("5", &grown(3));
        let note = sign(&key, "5", &head);
        assert_eq!(opened(&note, &key.verifying_key()), Some(head.as_str()));
        assert_eq!(opened(&note, &SigningKey::from_bytes(&[8; 32]).verifying_key()), None);
        assert_eq!(opened(&note.replace("\n3\n", "\n4\n"), &key.verifying_key()), None);
        assert_eq!(opened("", &key.verifying_key()), None);
    }
}
