/** An answer with a body. */
export const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });

/** A refusal, as the service words it. */
export const problem = (status: number, code: string, more: object = {}) =>
  json(
    {
      type: `urn:flagship:error:${code}`,
      title: code,
      status,
      detail: "no",
      requestId: "r-1",
      code,
      message: "no",
      retryable: status >= 500,
      retryAfterMs: null,
      ...more,
    },
    status,
  );
