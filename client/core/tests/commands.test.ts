import { describe, expect, it } from "vitest";
import type { Commands } from "../src/commands.ts";
import type { Command, CommandResult } from "../src/generated/protocol.ts";
import { connected } from "./support/connected.ts";
import { ack, helpRequest, message, participant } from "./support/frames.ts";

describe("the commands about people", () => {
  it.each<[(commands: Commands) => Promise<unknown>, Command, CommandResult]>([
    [
      (to) => to.createRooms([{ name: "A" }]),
      { type: "create_rooms", rooms: [{ name: "A" }] },
      { rooms: [] },
    ],
    [
      (to) => to.knock("blue"),
      { type: "knock", roomId: "blue" },
      { participant: participant("ada") },
    ],
    [
      (to) => to.answerKnock("grace", false),
      { type: "answer_knock", participantId: "grace", admit: false },
      {},
    ],
    [
      (to) => to.inviteParticipants(["grace"], "blue"),
      { type: "invite_participants", participantIds: ["grace"], roomId: "blue" },
      {},
    ],
    [
      (to) => to.answerInvitation("later"),
      { type: "answer_invitation", answer: "later" },
      { participant: participant("ada") },
    ],
    [
      (to) => to.answerInvitation("accept", "r1"),
      { type: "answer_invitation", answer: "accept", roomId: "r1" },
      { participant: participant("ada") },
    ],
    [
      (to) => to.answerKnock("grace", true, "r1"),
      { type: "answer_knock", participantId: "grace", admit: true, roomId: "r1" },
      {},
    ],
    [
      (to) => to.swapParticipants("ada", "grace"),
      { type: "swap_participants", participantId: "ada", otherParticipantId: "grace" },
      {},
    ],
    [
      (to) =>
        to.swapParticipants("ada", "grace", {
          expected: { roomId: "main", assignedRoomId: null },
          otherExpected: { roomId: "blue", assignedRoomId: "blue" },
        }),
      {
        ...{ type: "swap_participants", participantId: "ada", otherParticipantId: "grace" },
        expected: { roomId: "main", assignedRoomId: null },
        otherExpected: { roomId: "blue", assignedRoomId: "blue" },
      },
      {},
    ],
    [
      (to) => to.joinRoom("blue", "main"),
      { type: "join_room", roomId: "blue", expectedRoomId: "main" },
      { participant: participant("ada") },
    ],
    [
      (to) => to.leaveRoom("blue"),
      { type: "leave_room", roomId: "blue" },
      { participant: participant("ada") },
    ],
    [
      (to) => to.setRole("grace", "host", "moderator"),
      { type: "set_role", participantId: "grace", role: "host", expectedRole: "moderator" },
      { participant: participant("grace") },
    ],
    [
      (to) => to.recallRooms({ expectedVersions: { blue: 7 } }),
      { type: "recall_rooms", expectedVersions: { blue: 7 } },
      {},
    ],
    [
      (to) => to.moveParticipant("grace", "blue", "main"),
      {
        type: "move_participant",
        participantId: "grace",
        roomId: "blue",
        expectedRoomId: "main",
      },
      { participant: participant("grace") },
    ],
    [
      (to) => to.setTimer(null, undefined, { blue: 7 }),
      { type: "set_timer", durationMs: null, expectedVersions: { blue: 7 } },
      {},
    ],
    [
      (to) => to.deleteRoom("blue", 7),
      { type: "delete_room", roomId: "blue", expectedVersion: 7 },
      {},
    ],
    [(to) => to.assignGuests([]), { type: "assign_guests", assignments: [] }, {}],
    [
      (to) => to.askForHelp({ kind: "alert" }),
      { type: "ask_for_help", kind: "alert" },
      { helpRequest: helpRequest("h1") },
    ],
    [
      (to) => to.claimHelp("h1"),
      { type: "claim_help", requestId: "h1" },
      { helpRequest: helpRequest("h1") },
    ],
    [
      (to) => to.resolveHelp("h1"),
      { type: "resolve_help", requestId: "h1" },
      { helpRequest: helpRequest("h1") },
    ],
    [
      (to) => to.cancelHelp("h1"),
      { type: "cancel_help", requestId: "h1" },
      { helpRequest: helpRequest("h1") },
    ],
    [
      (to) => to.updateProfile({ alias: "Ada L." }),
      { type: "update_profile", alias: "Ada L." },
      { profile: { about: null, tags: [] } },
    ],
    [(to) => to.handOver("grace"), { type: "hand_over", participantId: "grace" }, {}],
    [
      (to) => to.muteParticipant("grace", true),
      { type: "mute_participant", participantId: "grace", muted: true },
      {},
    ],
    [
      (to) => to.removeParticipant("grace"),
      { type: "remove_participant", participantId: "grace" },
      {},
    ],
    [
      (to) => to.broadcast("Five minutes.", ["blue"]),
      { type: "broadcast", content: "Five minutes.", roomIds: ["blue"] },
      { message: message("blue", 1) },
    ],
    [
      (to) => to.broadcast("Five minutes."),
      { type: "broadcast", content: "Five minutes." },
      { message: message("main", 1) },
    ],
  ])("are sent as they were asked for, and settle (%#)", async (give, sent, result) => {
    const { session, socket } = await connected();
    const settling = give(session.commands);
    const { id = "", command } = socket().commands[0] ?? {};
    expect(command).toEqual(sent);
    socket().deliver(ack(id, result));
    await expect(settling).resolves.toEqual(Object.values(result)[0]);
  });
});
