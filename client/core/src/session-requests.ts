import type {
  ActivityBody,
  AssignmentImport,
  AssignmentProposal,
  CreatedRooms,
  CreateRoom,
  Debrief,
  DebugPermissions,
  DryRun,
  Health,
  ParticipantId,
  ProposalRequest,
  Receipts,
  Room,
  RoomId,
  SearchPage,
  SessionId,
  Template,
  TemplateBody,
  TemplateId,
  TemplatesBody,
} from "./generated/protocol.ts";
import { type Http, pathOf } from "./http.ts";

/** Where a search looks. */
export interface SearchOptions {
  /** The room; absent for all rooms that one may read, and one's direct messages. */
  room?: RoomId;
  /** The `before` of the page before it, to look further back; absent for the newest. */
  before?: number | null;
  /** Most messages to find: 1 to 100; 50, if absent. */
  limit?: number;
}

/**
 * What hosts and moderators ask by HTTP, since it is answered to them alone and changes little or nothing. Each
 * rejects with a `FlagshipError`.
 */
export interface SessionRequests {
  /** Who could go where; the answer's `assignments` go into `commands.assign`. */
  propose(request: ProposalRequest): Promise<AssignmentProposal>;
  /**
   * How far the people in a room have got with what is said there, for everybody who may read it; or how far somebody
   * has got with what one wrote to them alone.
   */
  receipts(said: RoomId | { with: ParticipantId }): Promise<Receipts>;
  /** Messages that have all the words; see `SessionClient.search`. For everybody. */
  search(text: string, options: SearchOptions): Promise<SearchPage>;
  /** How lively each room is. */
  activity(): Promise<ActivityBody>;
  /** What happened so far. */
  debrief(): Promise<Debrief>;
  /** Every stay of somebody in a room as a table: CSV. */
  debriefTable(): Promise<string>;
  /**
   * What a list of people and rooms (CSV, at most 1 MiB) would bring about. Nothing changes: the parts of the answer
   * go into `commands.createRooms`, `assign` and `assignGuests`, in this order.
   */
  readAssignments(table: string): Promise<AssignmentImport>;
  /** Who is assigned to which room as a table: CSV. */
  assignmentTable(): Promise<string>;
  /** One's own templates, newest first. */
  templates(): Promise<Template[]>;
  /** Saves the rooms of this session, and who is assigned to them, under a name of 1 to 80 characters. */
  saveTemplate(name: string): Promise<Template>;
  /** Creates the rooms of a template in this session. */
  applyTemplate(templateId: TemplateId): Promise<Room[]>;
  deleteTemplate(templateId: TemplateId): Promise<void>;
  /** What the caller may do here, and which rule is against the rest. Changes nothing. */
  debugPermissions(): Promise<DebugPermissions>;
  /** What creating a room would come to, check by check. Changes nothing. */
  testBreakoutCreation(room: CreateRoom): Promise<DryRun>;
  /** How the service and what it rests on are. */
  health(): Promise<Health>;
}

/** The requests about one session. */
export function requestsOver(sessionId: SessionId, http: Http): SessionRequests {
  const path = pathOf(sessionId);
  const debug = `/api/debug-breakout/${encodeURIComponent(sessionId)}`;
  const table = (at: string) =>
    http.request<string>({ method: "GET", path: `${path}/${at}?format=csv`, accept: "text/csv" });
  return {
    propose: (body) => http.request({ method: "POST", path: `${path}/assignment-proposals`, body }),
    receipts: (said) => {
      const query = new URLSearchParams(typeof said === "string" ? { room: said } : said);
      return http.request({ method: "GET", path: `${path}/receipts?${query}`, tries: 1 });
    },
    search: (text, { room, before, limit }) => {
      const query = new URLSearchParams({ q: text });
      if (room !== undefined) query.set("room", room);
      if (typeof before === "number") query.set("before", String(before));
      if (limit !== undefined) query.set("limit", String(limit));
      return http.request({ method: "GET", path: `${path}/search?${query}` });
    },
    activity: () => http.request({ method: "GET", path: `${path}/activity` }),
    debrief: () => http.request({ method: "GET", path: `${path}/debrief` }),
    debriefTable: () => table("debrief"),
    readAssignments: (list) =>
      http.request({ method: "POST", path: `${path}/assignment-imports`, table: list }),
    assignmentTable: () => table("assignments"),
    async templates() {
      const body = await http.request<TemplatesBody>({ method: "GET", path: "/api/templates" });
      return body.templates;
    },
    async saveTemplate(name) {
      const body = { name, sessionId };
      const saved = { method: "POST", path: "/api/templates", body } as const;
      return (await http.request<TemplateBody>(saved)).template;
    },
    async applyTemplate(templateId) {
      const applied = { method: "POST", path: `${path}/templates`, body: { templateId } } as const;
      return (await http.request<CreatedRooms>(applied)).rooms;
    },
    deleteTemplate: (templateId) =>
      http.request({ method: "DELETE", path: `/api/templates/${encodeURIComponent(templateId)}` }),
    debugPermissions: () => http.request({ method: "GET", path: `${debug}/debug-permissions` }),
    testBreakoutCreation: (body) =>
      http.request({ method: "POST", path: `${debug}/test-breakout-creation`, body }),
    health: () => http.request({ method: "GET", path: "/api/health", alsoGood: 503 }),
  };
}
