// SPDX-License-Identifier: Apache-2.0
/** Saves a text or a file's bytes in the browser's download folder. */
export function save(name: string, type: string, content: string | Uint8Array<ArrayBuffer> | Blob) {
  const whole = typeof content === 'string' ? `${type};charset=utf-8` : type;
  const address = URL.createObjectURL(new Blob([content], { type: whole }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
