//! Writes the generated files below a root directory: `cargo run -p flagship-session --features describe --example
//! generate -- [root]`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use flagship_protocol::describe;
use flagship_session::reference;

fn main() -> io::Result<()> {
    let root = env::args().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let openapi = serde_json::to_string_pretty(&describe::openapi())? + "\n";
    write(&root, "client/core/src/generated/protocol.ts", &describe::typescript())?;
    write(&root, "docs/protocol/openapi.json", &openapi)?;
    write(&root, "docs/protocol/reference/commands.md", &reference::commands())?;
    write(&root, "docs/protocol/reference/events.md", &reference::events())?;
    write(&root, "docs/protocol/reference/errors.md", &reference::errors())
}

fn write(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let path = root.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(&path, text)?;
    println!("{}", path.display());
    Ok(())
}
