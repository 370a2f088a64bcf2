// What the scripts print: short lines for what is done, headings for steps, one line for a failure.

export const colour = process.stdout.isTTY && !process.env.NO_COLOR && !process.env.CI;
const paint = (code) => (text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint("1");
export const dim = paint("2");
export const red = paint("31");
export const green = paint("32");

export const line = (text) => console.log(text);
export const progress = (text) => console.log(dim(`[setup] ${text}`));
export const warning = (text) => console.log(`warning: ${text}`);

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Something the reader can put right: said in one line, without a stack trace. */
export class Problem extends Error {}

/** Runs a script's main function: a problem is one line, anything else keeps its stack. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    const message = error instanceof Problem ? error.message : (error.stack ?? String(error));
    console.error(red(`error: ${message}`));
    process.exitCode = error.exitCode || 1;
  }
}
