// A program that stays alive and answers framed requests: node stream.mjs
import { answer } from "./converter.mjs";

let input = Buffer.alloc(0);

// Takes a request off the input; null while it is not whole.
function take() {
  const end = input.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const lines = input.toString("utf8", 0, end).split("\r\n");
  const fields = Object.fromEntries(lines.map((line) => line.split(": ")));
  const [start, next] = [end + 4, end + 4 + Number(fields["Content-Length"])];
  if (input.length < next) return null;
  const message = input.subarray(start, next);
  input = input.subarray(next);
  return { fields, message };
}

for await (const bytes of process.stdin) {
  input = Buffer.concat([input, bytes]);
  for (let request; (request = take()); ) {
    const { Id, From, To } = request.fields;
    const { status, body } = answer(request.message, From, To);
    const head = `Id: ${Id}\r\nStatus: ${status}\r\nContent-Length: ${body.length}\r\n\r\n`;
    process.stdout.write(Buffer.concat([Buffer.from(head), body]));
  }
}
