/** The version of `@flagship/core`, as its package.json has it: a test compares the two. */
export const CORE_VERSION = "0.1.0";
