// Flagship in a process of its own, so that its tree is all there is to measure: the argument is
// the settings, as JSON.

import type { Settings } from "../../tests/e2e/support/options.ts";
import { Service } from "../../tests/e2e/support/service.ts";
import { ready } from "../peers/ready.mjs";

const service = await Service.start(JSON.parse(process.argv[2] ?? "{}") as Settings);
ready(Number(service.base.port));
