// A converter, and what it answers; stream.mjs and http.mjs both use it.
import { spawnSync } from "node:child_process";

class Refused extends Error {}

// Gives the message in the other release; releases are "2.0" and "2.1".
function convert(message, from, to) {
  // YOUR CONVERTER GOES HERE. This one hands the message to a program.
  const words = ["convert", "--from", from, "--to", to];
  const done = spawnSync("ikeur", words, { input: message, maxBuffer: Infinity });
  if (done.error) throw done.error;
  if (done.status === 3) throw new Refused(done.stderr);
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

export function answer(message, from, to) {
  try {
    return { status: "ok", body: convert(message, from, to) };
  } catch (error) {
    const status = error instanceof Refused ? "refused" : "error";
    return { status, body: Buffer.from(error.message) };
  }
}
