// SPDX-License-Identifier: Apache-2.0
// What a device sent, counted, for who relies on it. Pure.
import type { DeviceKind, DeviceNotice, EnduranceDevice } from 'reprise-engine';

interface Known {
  name: string | undefined;
  battery: number | undefined;
}

export class DeviceRecord {
  #received = 0;
  #usable = 0;
  #noContact = 0;
  readonly #notices = new Set<DeviceNotice>();

  constructor(readonly kind: DeviceKind) {}

  /** Counts from here on. */
  begin() {
    this.#received = 0;
    this.#usable = 0;
    this.#noContact = 0;
    this.#notices.clear();
  }

  add(value: { usable: boolean; noContact?: boolean; notices?: readonly DeviceNotice[] }) {
    this.#received += 1;
    if (value.usable) this.#usable += 1;
    if (value.noContact) this.#noContact += 1;
    for (const notice of value.notices ?? []) this.#notices.add(notice);
  }

  /** Undefined where it sent nothing and was never connected. */
  result({ name, battery }: Known, connected: boolean): EnduranceDevice | undefined {
    if (this.#received === 0 && !connected) return undefined;
    return {
      kind: this.kind,
      name: name ?? null,
      battery_percent: battery !== undefined && battery <= 100 ? battery : null,
      received: this.#received,
      usable: this.#usable,
      noContact: this.#noContact,
      notices: [...this.#notices].map((notice) => ({ notice })),
    };
  }
}
