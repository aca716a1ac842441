// Dates as HTTP has them: RFC 9110 section 5.6.7.

import { DateTime } from "./calendar";

const DAY: i64 = 86_400;
const DAYS: string = "ThuFriSatSunMonTueWed";
const MONTHS: string = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** `Sun, 06 Nov 1994 08:49:37 GMT`, of seconds since 1970. */
export function dateText(seconds: i64): string {
  const moment = DateTime.ofSeconds(seconds);
  const weekday = <i32>((seconds / DAY) % 7) * 3;
  const month = (moment.month - 1) * 3;
  const iso = moment.toString();
  return `${DAYS.substring(weekday, weekday + 3)}, ${iso.substring(8, 10)} ${MONTHS.substring(month, month + 3)} ${iso.substring(0, 4)} ${iso.substring(11, 19)} GMT`;
}

/** The seconds since 1970 that a date says, in any of the three forms that there have been; -1: it is none. */
export function dateOf(text: string): i64 {
  const comma = text.indexOf(",");
  // Sun Nov  6 08:49:37 1994
  if (comma < 0) return text.length == 24 ? date(text.substring(20), text.substring(4, 7), text.substring(8, 10), text.substring(11, 19)) : -1;
  // Sun, 06 Nov 1994 08:49:37 GMT
  if (comma == 3) return text.length == 29 ? date(text.substring(12, 16), text.substring(8, 11), text.substring(5, 7), text.substring(17, 25)) : -1;
  // Sunday, 06-Nov-94 08:49:37 GMT: of the years that may be meant, the first after 1969.
  const rest = text.substring(comma);
  if (rest.length != 24) return -1;
  const century = rest.charCodeAt(9) < 0x37 ? "20" : "19";
  return date(century + rest.substring(9, 11), rest.substring(5, 8), rest.substring(2, 4), rest.substring(12, 20));
}

function date(year: string, month: string, day: string, time: string): i64 {
  const place = MONTHS.indexOf(month);
  if (place < 0 || place % 3 != 0) return -1;
  const number = place / 3 + 1;
  const moment = DateTime.parse(`${year}-${number < 10 ? "0" : ""}${number.toString()}-${day.startsWith(" ") ? "0" + day.substring(1) : day}T${time}Z`);
  return moment ? moment.seconds : -1;
}

