// Too much at once: from one address, of one person, of one participant. It is refused with the time
// to wait, harms nobody else, and passes.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem, SessionBody } from "../../client/core/src/generated/protocol.ts";
import { type Answer, Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { RATE_PERIOD_S, SESSIONS_PERIOD_S } from "./support/options.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { Service } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";
import { until } from "./support/wait.ts";

/** A refusal that says when to come back, in its header and in its body. */
function assertLimited(answer: Answer): Problem {
  const problem = assertProblem(answer, { code: "rate_limited", status: 429 });
  assert.equal(problem.retryable, true);
  const wait = problem.retryAfterMs ?? 0;
  assert.ok(wait > 0 && wait <= 60_000, `${wait}`);
  assert.equal(answer.headers.get("retry-after"), String(Math.ceil(wait / 1000)));
  return problem;
}

/** What the simulated platform counts afresh at set times of the clock: asked again, by others, if one went by. */
async function inOneCount<T>(
  ask: (attempt: number) => Promise<T>,
  periodS: number = RATE_PERIOD_S,
): Promise<T> {
  const count = () => Math.floor(Date.now() / (periodS * 1_000));
  for (let attempt = 1; ; attempt += 1) {
    const began = count();
    const answer = await ask(attempt);
    if (count() === began) return answer;
  }
}

async function statuses(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let i = 0; i < count; i += 1) answers.push(await ask());
  return answers;
}

test("one address is refused beyond its limit, also before it has said who it is", async () => {
  const service = await Service.start({ rateLimits: { REQUESTS_PER_ADDRESS: 20 } });
  try {
    const from = (address: string) => ({ headers: { "cf-connecting-ip": address } });
    const ask = (address: string) => new Api(service).get("sessions/none", from(address));
    const { answers, same, other } = await inOneCount(async (attempt) => ({
      answers: await statuses(30, () => ask(`2001:db8:${attempt}::1`)),
      same: await ask(`2001:db8:${attempt}::ffff`),
      other: await ask("2001:db8::1"),
    }));
    const limited = answers.filter(({ status }) => status === 429);
    assert.ok(limited.length >= 1 && limited.length <= 10, `${limited.length}`);
    for (const answer of limited) assertLimited(answer);
    assert.equal(same.status, 429, "the same subscriber");
    assert.equal(other.status, 401, "somebody else");
  } finally {
    await service.stop();
  }
});

test("one person is refused beyond their limit, from wherever they ask", async () => {
  const service = await Service.start({ rateLimits: { REQUESTS_PER_IDENTITY: 20 } });
  try {
    const grace = person("Grace");
    const { session, answers, other, handshake } = await inOneCount(async () => {
      const ada = person("Ada");
      const session = await new Api(service, ada).createSession();
      let asked = 0;
      const ask = () => {
        asked += 1;
        const headers = { "cf-connecting-ip": `203.0.113.${asked}` };
        return new Api(service, ada).get(`sessions/${session.id}`, { headers });
      };
      return {
        session,
        answers: await statuses(30, ask),
        other: await new Api(service, grace).get(`sessions/${session.id}`),
        // A handshake too, as a failed one: a page backs off and comes again.
        handshake: await Client.open(service, session.id, { token: ada.token }).catch(String),
      };
    });
    const limited = answers.filter(({ status }) => status === 429);
    assert.ok(limited.length >= 1 && limited.length <= 11, `${limited.length}`);
    for (const answer of limited) assertLimited(answer);
    assert.equal(other.status, 200);
    assert.match(String(handshake), /handshake/);
    const joined = await Client.join(service, session.id, grace);
    await joined.close();
  } finally {
    await service.stop();
  }
});

test("one person creates only so many sessions at once, and every retry finds its own", async () => {
  const service = await Service.start({ rateLimits: { SESSIONS_PER_IDENTITY: 5 } });
  try {
    const { made, refused, again, others } = await inOneCount(async () => {
      const api = new Api(service, person("Ada"));
      const ask = (key: string) => api.post<SessionBody>("sessions", { title: "A" }, { key });
      const keys = Array.from({ length: 5 }, (_, n) => `k${n}`);
      const made = await Promise.all(keys.map(ask));
      const refused = [await ask("k5"), await ask("k6")];
      const again = await Promise.all(keys.map(ask));
      const other = new Api(service, person("Grace"));
      return { made, refused, again, others: await other.post("sessions", { title: "B" }) };
    }, SESSIONS_PERIOD_S);
    for (const answer of made) assert.equal(answer.status, 201, answer.text);
    for (const answer of refused) assert.equal(assertLimited(answer).retryAfterMs, 60_000);
    for (const [n, answer] of again.entries()) {
      assert.equal(answer.status, 201, answer.text);
      assert.equal(answer.headers.get("idempotency-replayed"), "true");
      assert.equal(answer.body.session.id, made[n]?.body.session.id);
    }
    assert.equal(others.status, 201);
  } finally {
    await service.stop();
  }
});

test("without the bindings nobody is counted", async () => {
  const service = await Service.start();
  try {
    for (const { status } of await statuses(50, () => new Api(service).get("sessions/none"))) {
      assert.equal(status, 401);
    }
  } finally {
    await service.stop();
  }
});

test("a participant who floods is refused, loses nothing, and is heard again", async () => {
  const service = await Service.start();
  try {
    const [ada, grace] = [person("Ada"), person("Grace")];
    const session = (await new Api(service, ada).createSession()).id;
    const flooder = await Client.join(service, session, grace);
    // So many that what is given back meanwhile, 20 a second, is not enough on the slowest machine.
    const keys = Array.from({ length: 2_500 }, (_, index) => `flood-${index}`);
    const settled = await Promise.all(
      keys.map((id) => {
        const answer = flooder.settled(id);
        const command = { type: "send_message", roomId: "main", content: id } as const;
        flooder.send({ type: "command", id, command });
        return answer;
      }),
    );
    const refused = settled.filter((answer) => answer.type === "nack");
    assert.ok(refused.length > 0 && refused.length <= 1_500, `${refused.length} refused`);
    for (const { error } of refused) {
      assert.equal(error.code, "rate_limited");
      assert.ok(error.retryable && (error.retryAfterMs ?? 0) > 0);
    }
    // Others go on as if nothing were, and a refusal writes nothing.
    await assertUnchanged(service, session, ada, async () => {
      const last = await flooder.refused({ type: "create_room", name: "Too many" });
      assert.ok(["rate_limited", "forbidden"].includes(last.code));
    });
    // Soon the same message goes through under its id.
    const again = refused[0]?.id ?? "";
    const ack = await until("the message goes through", async () => {
      const answer = flooder.settled(again);
      const command = { type: "send_message", roomId: "main", content: again } as const;
      flooder.send({ type: "command", id: again, command });
      const settled = await answer;
      return settled.type === "ack" && settled;
    });
    assert.equal(ack.duplicate, false);
    assert.equal(ack.result.message?.content, again);
    await flooder.close();
  } finally {
    await service.stop();
  }
});

test("of a session's sockets the 2,001st is refused, and let in when one has gone", async () => {
  const service = await Service.start();
  const sockets: RawSocket[] = [];
  try {
    const ada = person("Ada");
    const session = (await new Api(service, ada).createSession()).id;
    for (let n = 0; n < 200; n += 1) {
      const who = person(`P${n}`);
      const own = Array.from({ length: 10 }, () => RawSocket.open(service, session, who));
      for (const socket of await Promise.all(own)) {
        socket.send({ type: "hello" });
        sockets.push(socket);
      }
    }
    await until("all are welcomed", () =>
      sockets.every(({ received }) => received.includes('"type":"welcome"')),
    );
    const error = await refusedSocket(service, session, { token: ada.token }, 4409);
    assert.equal(error.code, "rate_limited");
    sockets[0]?.cut();
    await until("there is room again", async () => {
      const client = await Client.open(service, session, { token: ada.token });
      client.send({ type: "hello" });
      const frame = await client.frames.find(({ type }) => type === "welcome" || type === "nack");
      return frame.type === "welcome";
    });
  } finally {
    for (const socket of sockets) socket.cut();
    await service.stop();
  }
});
