/**
 * Queues that survive the end of a page. Apart from the rest, so that only those who use it load it.
 *
 * @module @flagship/core/offline
 */

export { type IndexedDbQueueOptions, indexedDbQueueStore } from "./indexed-db.ts";
export { browserLocks } from "./locks.ts";
