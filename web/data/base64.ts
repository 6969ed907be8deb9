// SPDX-License-Identifier: Apache-2.0
/** RFC 4648 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  const PART = 0x8000; // a call takes only so many arguments
  for (let at = 0; at < bytes.length; at += PART) text += String.fromCharCode(...bytes.subarray(at, at + PART));
  return btoa(text);
}

/** White space in it does not count. */
export const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));

/** A text that was kept as base64 of UTF-8. */
export const textFromBase64 = (text: string): string => new TextDecoder().decode(fromBase64(text));
