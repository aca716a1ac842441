/** The words of a line: what stands between < and > is one, and // begins a comment. */
export function wordsOf(line: string): string[] {
  const comment = line.indexOf("//");
  const text = (comment < 0 ? line : line.slice(0, comment)).trim();
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    // "< " is the sign of what the peer sends, "<mss 1460>" are options.
    const isList = text.charAt(at) == "<" && at + 1 < text.length && text.charAt(at + 1) != " ";
    let end = text.indexOf(isList ? ">" : " ", at);
    if (end < 0) end = text.length;
    else if (isList) end++;
    words.push(text.slice(at, end));
    at = end;
    while (at < text.length && text.charAt(at) == " ") at++;
  }
  return words;
}

/** Is it a number, perhaps with a minus and a fraction? */
export function isNumber(word: string): bool {
  let digits = 0;
  let points = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
    else if (code == 46) points++;
    else if (code != 45 || i > 0) return false;
  }
  return digits > 0 && points <= 1;
}

export function isInteger(word: string): bool {
  return isNumber(word) && !word.includes(".");
}

/** Seconds as nanoseconds. */
export function nanoseconds(word: string): i64 {
  return <i64>Math.round(F64.parseFloat(word) * 1e9);
}

export function secondsOf(time: i64): string {
  const thousandths = (time + 500_000) / 1_000_000;
  return `${thousandths / 1000}.${(thousandths % 1000).toString().padStart(3, "0")}`;
}
