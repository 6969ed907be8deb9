/** RFC 4648 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  const PART = 0x8000;  // a call takes only so many arguments
  for (let at = 0; at < bytes.length; at += PART) text += String.fromCharCode(...bytes.subarray(at, at + PART));
  return btoa(text);
}
