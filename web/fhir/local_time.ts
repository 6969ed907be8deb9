// SPDX-License-Identifier: Apache-2.0
const two = (number: number) => String(Math.trunc(Math.abs(number))).padStart(2, '0');

/** As FHIR writes times, by the patient's own clock: which day it was is what "today" means there. */
export function localTime(moment: Date): string {
  const zone = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + zone * 60_000).toISOString().slice(0, 19);
  return `${local}${zone < 0 ? '-' : '+'}${two(zone / 60)}:${two(zone % 60)}`;
}
