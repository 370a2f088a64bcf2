// worker-build and wasm-bindgen, compiled by cargo when the right version is not there.

import { findTool, wasmTools } from "../lib/cargo-tools.mjs";
import { dropScratch, installCargoTool } from "./cargo-tool.mjs";

export async function ensureWasmTools() {
  const missing = wasmTools().filter((tool) => !findTool(tool));
  for (const tool of missing) await installCargoTool(tool);
  if (missing.length > 0) dropScratch();
}
