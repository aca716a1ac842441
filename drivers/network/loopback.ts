import { Lane } from "./lane";
import { End } from "./pair";

/** 02:00:00:00:01:00, which is nobody's. */
const MAC: u64 = 0x000100000002;

/** A network on which what is sent comes back. */
export class Loopback extends End {
  constructor(mtu: i32) {
    const lane = new Lane(mtu);
    super(MAC, mtu, lane, lane);
  }
}
