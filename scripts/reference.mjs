// Writes the reference of the client packages from their sources: `npm run reference`.

import { referencePath, writeReference } from "./checks/reference.mjs";
import { at } from "./lib/project.mjs";
import { line, main } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  await setUp();
  await writeReference(at("docs", "reference"));
  line(`Wrote ${referencePath}`);
});
