// What the copy of the tree has beside the tree: the switch by which a protection is off. The protocol crate has it,
// which all others can ask; a Worker is told by a binding, a native test by its environment.

const SWITCH = `

/// Which protection is off; empty if none is.
static OFF: std::sync::OnceLock<String> = std::sync::OnceLock::new();

/// Switches a protection off, before anything asks for it.
pub fn switch_off(name: &str) {
    let _ = OFF.set(name.to_owned());
}

/// Whether a protection is off.
pub fn without(name: &str) -> bool {
    OFF.get_or_init(|| std::env::var("WITHOUT").unwrap_or_default()) == name
}
`;

const SWITCH_OFF =
  'flagship_protocol::switch_off(&env.var("WITHOUT").map(|name| name.to_string()).unwrap_or_default());';

/** Edits that every build of the copy has. */
export const rig = [
  {
    file: "src/lib.rs",
    find: "    api::handle(request, &env).await",
    replace: `    ${SWITCH_OFF}\n    api::handle(request, &env).await`,
  },
  {
    file: "src/lib.rs",
    find: "    retention::run(&env).await;",
    replace: `    ${SWITCH_OFF}\n    retention::run(&env).await;`,
  },
  {
    file: "src/object/mod.rs",
    find: "    fn new(state: State, env: Env) -> Self {",
    replace: `    fn new(state: State, env: Env) -> Self {\n        ${SWITCH_OFF}`,
  },
  {
    file: "tests/e2e/support/options.ts",
    find: "      JWT_SECRET: SECRET,",
    replace: '      WITHOUT: process.env.WITHOUT ?? "",\n      JWT_SECRET: SECRET,',
  },
].map((edit) => ({ ...edit, name: "the switch" }));

/** What is added to the ends of files. */
export const additions = new Map([["crates/protocol/src/lib.rs", SWITCH]]);
