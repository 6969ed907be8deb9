// SPDX-License-Identifier: Apache-2.0
// One moment that all trends of a chart point at, with the mouse or from the timeline's keys.
type Listener = (at: number | undefined, from: unknown) => void;

let now: number | undefined;
const listeners = new Set<Listener>();

/** `from`: who says so, and need not be told. */
export function pointAt(at: number | undefined, from: unknown) {
  if (at === now) return;
  now = at;
  for (const listener of listeners) if (listener !== from) listener(at, from);
}

export function onPoint(listener: Listener) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
