import { ResourceRecord } from "./resource-record";

export { ResourceRecord } from "./resource-record";

/** A part of the tree of names, from its top down to where others are in charge. */
export interface Zone {
  /** All of its records. Among them is one SOA, whose name is the zone's; whoever made them has looked whether they fit together. */
  records(): ResourceRecord[];
}
