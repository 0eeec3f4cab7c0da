// A server that answers each POST: node http.mjs PORT
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { answer } from "./converter.mjs";

const CODES = { ok: 200, refused: 422, error: 500 };

async function respond(request, response) {
  const { "ikeur-from": from, "ikeur-to": to } = request.headers;
  const { status, body } = answer(await buffer(request), from, to);
  response.statusCode = CODES[status];
  response.end(body);
}

const server = createServer((request, response) =>
  // A caller that hangs up costs its own request only.
  respond(request, response).catch(() => response.destroy()),
);
server.listen(process.argv[2], "127.0.0.1");
