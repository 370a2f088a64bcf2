// What the Worker's isolate holds once its garbage is collected: every object's state, in the heap
// of JavaScript and in the memory of WebAssembly. The process as a whole also holds what the
// collector has not got round to, and what the runtime keeps for D1 and for sockets.

import { once } from "node:events";
import { DEADLINE_MS } from "../e2e/support/wait.ts";

export interface Held {
  /** Bytes of JavaScript's heap that are in use. */
  heap: number;
  /** Bytes of WebAssembly's memory. It never shrinks: what is let go of is used again. */
  wasm: number;
}

interface Reference {
  objectId: string;
}

export class Heap {
  readonly #socket: WebSocket;
  /** What the prototype of every WebAssembly memory is known as. */
  #memories: Reference = { objectId: "" };
  #count = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async inspect(url: URL): Promise<Heap> {
    const socket = new WebSocket(url);
    await once(socket, "open");
    const heap = new Heap(socket);
    const told = once(socket, "message") as Promise<[MessageEvent]>;
    const enabled = heap.#ask("Runtime.enable");
    const [first] = await told;
    await enabled;
    const { params } = JSON.parse(String(first.data)) as { params: { context: { id: number } } };
    const { result } = await heap.#ask<{ result: Reference }>("Runtime.evaluate", {
      expression: "WebAssembly.Memory.prototype",
      contextId: params.context.id,
    });
    heap.#memories = result;
    return heap;
  }

  async held(): Promise<Held> {
    // Collects the garbage first. What finalizers let go of goes with the second one.
    await this.#wasm();
    const wasm = await this.#wasm();
    const { usedSize } = await this.#ask<{ usedSize: number }>("Runtime.getHeapUsage");
    return { heap: usedSize, wasm };
  }

  close(): void {
    this.#socket.close();
  }

  async #wasm(): Promise<number> {
    const { objects } = await this.#ask<{ objects: Reference }>("Runtime.queryObjects", {
      prototypeObjectId: this.#memories.objectId,
    });
    const { result } = await this.#ask<{ result: { value: number } }>("Runtime.callFunctionOn", {
      objectId: objects.objectId,
      functionDeclaration: `function () {
        return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
      }`,
      returnByValue: true,
    });
    return result.value;
  }

  #ask<Result>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`the inspector does not answer ${method}`));
      const timer = setTimeout(late, DEADLINE_MS);
      const listen = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data)) as { id?: number; result: Result; error?: unknown };
        if (answer.id !== id) return;
        clearTimeout(timer);
        this.#socket.removeEventListener("message", listen);
        if (answer.error) reject(new Error(`${method}: ${JSON.stringify(answer.error)}`));
        else resolve(answer.result);
      };
      this.#socket.addEventListener("message", listen);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
