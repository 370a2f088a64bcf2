/**
 * For tests of what is built on this package: the service in memory, and a clock that is moved by hand.
 *
 * @module @flagship/core/testing
 */

export { FakeClock, settled } from "./clock.ts";
export { FakeServer, fakeLocks, type Sockets } from "./server.ts";
export { FakeSession, Refusal } from "./session.ts";
export { tokenOf } from "./tokens.ts";
