// SPDX-License-Identifier: Apache-2.0
// When the app hints that it can be on the home screen: from the third day on that it is used, where the device can do
// it, until the hint is dismissed. Kept on the device: how many days, the last one, whether it was dismissed.
export interface Visits {
  /** The last day of use: "2026-11-27". */
  last: string;
  days: number;
  dismissed: boolean;
}

export const NO_VISITS: Visits = { last: '', days: 0, dismissed: false };
/** Never on a first visit; someone who comes back twice has a use for it. */
const DAYS_BEFORE = 3;

/** Counts a day once. */
export const afterVisit = (visits: Visits, today: string): Visits =>
  visits.last === today ? visits : { ...visits, last: today, days: visits.days + 1 };

/** Reads the stored text; a text that is none of ours counts as no visit. */
export function visitsIn(text: string | null): Visits {
  try {
    const { last, days, dismissed } = JSON.parse(text ?? '') as Partial<Visits>;
    if (typeof last !== 'string' || !Number.isSafeInteger(days)) return NO_VISITS;
    return { last, days: days ?? 0, dismissed: dismissed === true };
  } catch {
    return NO_VISITS;
  }
}

export interface Device {
  /** It runs from the home screen already. */
  standalone: boolean;
  /** The browser offers to install it. */
  offered: boolean;
  userAgent: string;
  touchPoints: number;
}

/** Safari on an iPhone or iPad: no browser there offers it by itself, and others than Safari hide it elsewhere. */
const isSafariOfPhone = ({ userAgent, touchPoints }: Device) =>
  (/iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) &&
  /Safari/.test(userAgent) &&
  !/CriOS|FxiOS|EdgiOS|OPiOS/.test(userAgent);

/** `waiting`: results that only this browser has; an app on an iPhone's home screen would not have them. */
export function hintFor(visits: Visits, device: Device, waiting: number): 'offer' | 'safari' | undefined {
  if (device.standalone || visits.dismissed || visits.days < DAYS_BEFORE) return undefined;
  if (device.offered) return 'offer';
  return isSafariOfPhone(device) && waiting === 0 ? 'safari' : undefined;
}
