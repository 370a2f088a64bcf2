import { describe, expect, it } from "vitest";
import { createFlagshipClient, developmentToken } from "../src/index.ts";
import { tokenOf } from "../src/testing/index.ts";
import { json, problem } from "./support/answers.ts";
import { connected } from "./support/connected.ts";
import { message, session, welcome } from "./support/frames.ts";
import { World } from "./support/world.ts";

function clientOf(world: World, tokens: string[] = [tokenOf("ada")]) {
  const last = tokens.at(-1) ?? "";
  return createFlagshipClient({
    url: "https://flagship.test",
    getToken: () => tokens.shift() ?? last,
    environment: world.environment,
  });
}

const header = (world: World, index: number, name: string) =>
  new Headers(world.requests[index]?.init.headers).get(name);

describe("creating a session", () => {
  it("sends the token and an idempotency key", async () => {
    const world = new World();
    world.answers.push(json({ session }, 201));
    await expect(clientOf(world).createSession({ title: "Planning" })).resolves.toEqual(session);
    expect(world.requests[0]?.url).toBe("https://flagship.test/api/sessions");
    expect(header(world, 0, "authorization")).toBe(`Bearer ${tokenOf("ada")}`);
    expect(header(world, 0, "idempotency-key")).toBe("id-1");
  });

  it("is tried again under the same key when no answer came", async () => {
    const world = new World();
    world.answers.push(() => Promise.reject(new TypeError("reset")), json({ session }, 201));
    const created = clientOf(world).createSession({ title: "Planning" });
    await world.clock.advance(0);
    await expect(created).resolves.toEqual(session);
    expect(header(world, 1, "idempotency-key")).toBe("id-1");
  });

  it("gives problem details as a typed error", async () => {
    const world = new World();
    world.answers.push(problem(422, "invalid", { field: "title" }));
    await expect(clientOf(world).createSession({ title: "" })).rejects.toMatchObject({
      code: "invalid",
      field: "title",
      message: "no",
      status: 422,
      requestId: "r-1",
    });
    expect(world.requests).toHaveLength(1);
  });

  it("gets a fresh token once when the one in use is refused", async () => {
    const world = new World();
    world.answers.push(problem(401, "unauthorized"), problem(401, "unauthorized"));
    const created = clientOf(world, ["old", "new"]).createSession({ title: "Planning" });
    await expect(created).rejects.toMatchObject({ code: "unauthorized" });
    expect(header(world, 1, "authorization")).toBe("Bearer new");
    expect(world.requests).toHaveLength(2);
  });

  it("says in words that the service cannot be reached", async () => {
    const world = new World();
    const created = clientOf(world).createSession({ title: "Planning" });
    const failed = expect(created).rejects.toMatchObject({ code: "network", retryable: true });
    await world.clock.advance(10_000);
    await failed;
    expect(world.requests).toHaveLength(3);
  });

  it("does not wait for an answer for ever", async () => {
    const world = new World();
    const { environment } = world;
    environment.fetch = (_url, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("aborted")));
      });
    const created = clientOf(world).createSession({ title: "Planning" });
    const failed = expect(created).rejects.toMatchObject({ code: "network" });
    await world.clock.advance(50_000);
    await failed;
  });
});

describe("a token for development", () => {
  it("needs no token", async () => {
    const world = new World();
    world.answers.push(json({ token: "t", userId: "u" }));
    const options = { url: "https://flagship.test", environment: world.environment };
    await expect(developmentToken(options, "Ada")).resolves.toEqual({ token: "t", userId: "u" });
    expect(header(world, 0, "authorization")).toBeNull();
  });
});

describe("what hosts ask by HTTP", () => {
  const of = (world: World) => clientOf(world).session("s1").requests;

  it("asks for a proposal with what it is asked with", async () => {
    const world = new World();
    const proposal = { assignments: [], unplaced: [], repeatedMeetings: 0, seed: 7 };
    world.answers.push(json(proposal));
    await expect(of(world).propose({ strategy: "balanced" })).resolves.toEqual(proposal);
    const [request] = world.requests;
    expect(request?.url).toBe("https://flagship.test/api/sessions/s1/assignment-proposals");
    expect(request?.init.body).toBe(JSON.stringify({ strategy: "balanced" }));
  });

  it("takes a table as it is, and a refusal of it as an error", async () => {
    const world = new World();
    world.answers.push(() => new Response("who,room\n"), problem(403, "forbidden"));
    await expect(of(world).debriefTable()).resolves.toBe("who,room\n");
    expect(world.requests[0]?.url).toContain("/debrief?format=csv");
    expect(header(world, 0, "accept")).toBe("text/csv");
    await expect(of(world).assignmentTable()).rejects.toMatchObject({ code: "forbidden" });
  });

  it("sends a table as it is", async () => {
    const world = new World();
    world.answers.push(json({ newRooms: [] }));
    await of(world).readAssignments("name,room\nGrace,Blue\n");
    expect(header(world, 0, "content-type")).toBe("text/csv");
    expect(world.requests[0]?.init.body).toBe("name,room\nGrace,Blue\n");
  });

  it("deletes without an answer's body, under an idempotency key", async () => {
    const world = new World();
    world.answers.push(() => new Response(null, { status: 204 }));
    await expect(of(world).deleteTemplate("t/1")).resolves.toBeUndefined();
    expect(world.requests[0]?.url).toBe("https://flagship.test/api/templates/t%2F1");
    expect(header(world, 0, "idempotency-key")).toBe("id-1");
  });
});

describe("a room that is not followed", () => {
  it("shows its newest messages, each time anew", async () => {
    const world = new World();
    const { session } = await connected(welcome(), world);
    const page = (...seqs: number[]) =>
      json({ messages: seqs.map((seq) => message("blue", seq)), before: seqs[0] ?? null });
    world.answers.push(page(3, 4), page(9));
    const held = () => session.store.getState().messages.blue;
    await session.loadNewest("blue");
    expect(held()?.items.map(({ seq }) => seq)).toEqual([3, 4]);
    await session.loadNewest("blue");
    expect(held()).toMatchObject({ items: [{ seq: 9 }], older: 9 });
    await session.loadNewest("main");
    expect(world.requests).toHaveLength(2);
  });
});
