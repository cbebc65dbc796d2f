import { crc32 } from "node:zlib";

/** One message of `application/vnd.amazon.eventstream`, as the service writes it. */
export function awsMessage(headers: Record<string, string>, payload: string): Uint8Array {
  const body = Buffer.from(payload);
  const lines = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const [key, text] = [Buffer.from(name), Buffer.from(value)];
      const size = Buffer.alloc(2);
      size.writeUInt16BE(text.length);
      return Buffer.concat([Buffer.from([key.length]), key, Buffer.from([7]), size, text]);
    }),
  );
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + lines.length + body.length, 0);
  prelude.writeUInt32BE(lines.length, 4);
  const head = Buffer.concat([prelude, checksum(prelude), lines, body]);
  return Buffer.concat([head, checksum(head)]);
}

/** An event of ConverseStream. */
export function converseMessage(type: string, event: object): Uint8Array {
  return awsMessage(
    { ":event-type": type, ":content-type": "application/json", ":message-type": "event" },
    JSON.stringify(event),
  );
}

/** An event of InvokeModelWithResponseStream: that of the model's maker, wrapped. */
export function invokeMessage(event: object): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(event)).toString("base64");
  return converseMessage("chunk", { bytes, p: "abcdefghij" });
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
