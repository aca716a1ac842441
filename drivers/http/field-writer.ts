import { isOf, isWord, skip, TOKEN, VALUE } from "./characters";
import { Writer } from "./writer";

/** Adds a field line to a head, unless it is one that frames the message. */
export function writeField(to: Writer, name: string, value: string): void {
  const from = to.size;
  to.ascii(name);
  const nameAt = to.memory + from;
  const nameEnd = to.memory + to.size;
  assert(name.length > 0 && skip(TOKEN, nameAt, nameEnd) == nameEnd, "the name of a field is no token");
  if (isFraming(nameAt, nameEnd)) {
    to.size = from;
    return;
  }
  to.ascii(": ");
  const valueFrom = to.size;
  to.utf8(value);
  // RFC 9110 section 5.5: nobody writes a line of his own by a value.
  for (let at = to.memory + valueFrom, end = to.memory + to.size; at < end; at++) if (!isOf(VALUE, load<u8>(at))) store<u8>(at, 0x20);
  to.ascii("\r\n");
}

/** Is it a field by which whoever speaks HTTP frames a message, and not what a job says? */
function isFraming(at: usize, end: usize): bool {
  switch (<i32>(end - at)) {
    case 4:
      return isWord("date", at, end) || isWord("host", at, end);
    case 7:
      return isWord("upgrade", at, end);
    case 10:
      return isWord("connection", at, end) || isWord("keep-alive", at, end);
    case 14:
      return isWord("content-length", at, end);
    case 17:
      return isWord("transfer-encoding", at, end);
    default:
      return false;
  }
}
