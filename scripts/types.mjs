// Writes what is generated from the Rust types into its place: `npm run types`.

import { generate, generatedPaths } from "./checks/types.mjs";
import { root } from "./lib/project.mjs";
import { line, main } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  await setUp();
  await generate(root);
  line(`Wrote ${generatedPaths.join(" and ")}`);
});
