//! Several writes as one.
//!
//! What one turn writes becomes durable together, but a write that fails does not take back those before it. So where
//! they only make sense together, such as the entries of one command, they are undone together.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{Error, Result};

use super::Journal;

#[wasm_bindgen(module = "/src/object/journal/transaction.js")]
extern "C" {
    /// Runs `write` in a transaction of the object's storage, which is undone if it gives `false`. Gives the same.
    #[wasm_bindgen(js_name = together, catch)]
    fn together(storage: &JsValue, write: &mut dyn FnMut() -> bool) -> std::result::Result<bool, JsValue>;
}

impl Journal {
    /// Writes all of it or nothing: after an error the storage is as before.
    pub(in crate::object) fn together<T>(&self, write: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let failed = |why: String| Error::RustError(format!("the journal was not written: {why}"));
        let mut write = Some(write);
        let mut written = None;
        let mut run = || {
            written = write.take().map(|write| write(self));
            matches!(written, Some(Ok(_)))
        };
        together(&self.storage, &mut run).map_err(|error| failed(format!("{error:?}")))?;
        written.unwrap_or_else(|| Err(failed("nothing was done".into())))
    }
}
