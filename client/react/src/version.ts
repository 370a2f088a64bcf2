/** The version of `@flagship/react`, as its package.json has it: a test compares the two. */
export const REACT_VERSION = "0.1.0";
