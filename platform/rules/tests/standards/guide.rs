//! The guide for whoever writes a pack: its own example is one.

use rules::{Pack, PackFiles, Selects};

#[test]
fn the_example_of_the_guide_is_a_pack_without_a_fault() {
    let guide = include_str!("../../../../docs/packs.md");
    let mut blocks = guide.split("```toml\n").skip(1).map(|it| it.split("```").next().unwrap().to_owned());
    let (pack, standard) = (blocks.next().unwrap(), blocks.next().unwrap());
    let read = Pack::parse(&PackFiles { pack, standard, base: None }).unwrap();
    assert_eq!(read.selects, Selects::Person);
    assert_eq!(
        (read.standard.gates.len(), read.standard.vetoes.len(), read.standard.items().count()),
        (2, 1, 3)
    );
    assert_eq!(read.cascade.selections.len(), 2);
}
