// SPDX-License-Identifier: Apache-2.0
// A film with only what plays it. Some browsers write metadata into what they record, and the record refuses them
// (care/outcome/kept_film.cpp). Metadata become empty space of the same size, because other parts of the file say
// where the pictures begin. Pure.

/** Boxes of ISO 14496-12 that hold others. */
const PARENTS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'mvex', 'moof', 'traf']);
const METADATA = new Set(['udta', 'meta', 'uuid', 'loci', 'Xtra']);
const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
/** Tags, Chapters, Attachments of Matroska; the date and the title in its Info. */
const LEFT_OUT = new Set([0x1254c367, 0x1043a770, 0x1941a469, 0x4461, 0x7ba9]);
const VOID = 0xec;

const nameAt = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
const u32 = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);

function blankBoxes(bytes: Uint8Array, from: number, to: number) {
  for (let at = from; at + 8 <= to; ) {
    const short = u32(bytes, at);
    const head = short === 1 ? 16 : 8;
    if (at + head > to) return;
    const size = short === 1 ? u32(bytes, at + 8) * 2 ** 32 + u32(bytes, at + 12) : short === 0 ? to - at : short;
    if (size < head || at + size > to) return;
    const name = nameAt(bytes, at + 4);
    if (METADATA.has(name)) {
      bytes.set([0x66, 0x72, 0x65, 0x65], at + 4); // "free"
      bytes.fill(0, at + head, at + size);
    } else if (PARENTS.has(name)) blankBoxes(bytes, at + head, at + size);
    at += size;
  }
}

/** A number of EBML with the length of its own; `keepsMarker`: of an id. Null where it is none. */
function numberAt(bytes: Uint8Array, at: number, keepsMarker: boolean) {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > bytes.length) return null;
  let value = keepsMarker ? first : first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (let i = 1; i < length; i += 1) {
    isUnknown &&= bytes[at + i] === 0xff;
    value = value * 256 + (bytes[at + i] ?? 0);
  }
  return { value, end: at + length, isUnknown };
}

/** An element becomes Void: its id of one byte, its size in eight. Where there is no room for that, it stays. */
function blankElement(bytes: Uint8Array, at: number, end: number) {
  const content = end - at - 9;
  if (content < 0) return;
  bytes.fill(0, at, end);
  bytes[at] = VOID;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(at + 1, 0x01000000 + Math.floor(content / 2 ** 32));
  view.setUint32(at + 5, content % 2 ** 32);
}

function blankElements(bytes: Uint8Array, from: number, to: number) {
  for (let at = from; at < to; ) {
    const id = numberAt(bytes, at, true);
    const size = id && numberAt(bytes, id.end, false);
    if (!size) return;
    if (id.value === SEGMENT)
      return blankElements(bytes, size.end, size.isUnknown ? to : Math.min(to, size.end + size.value));
    // A cluster of unknown size: only clusters follow in what browsers record.
    if (size.isUnknown || size.end + size.value > to) return;
    const end = size.end + size.value;
    if (LEFT_OUT.has(id.value)) blankElement(bytes, at, end);
    else if (id.value === INFO) blankElements(bytes, size.end, end);
    at = end;
  }
}

/** Changes `bytes` in place, and returns them. Bytes that are no film stay as they are. */
export function plainFilm(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 12) return bytes;
  if (u32(bytes, 0) === EBML) blankElements(bytes, 0, bytes.length);
  else blankBoxes(bytes, 0, bytes.length);
  return bytes;
}
