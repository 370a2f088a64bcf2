// Tells a run of Node's tests as one JSON object a line: each test with its name, and with what it failed for.

export default async function* reporter(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { name, skip, details } = data;
    const error = details?.error?.cause ?? details?.error;
    const reason = typeof error === "string" ? error : error?.message;
    yield `${JSON.stringify({ name, passed: type === "test:pass" && !skip, reason })}\n`;
  }
}
