// How many patients a clinician should look at now, for the navigation of all pages.
import { useCallback, useEffect, useState } from 'react';
import { useEachWhileUsed } from '../parts/each_while_used.ts';
import { askRecord } from '../source/api.ts';
import { resourcesIn } from './resources.ts';

interface Part { url?: string; extension?: Part[]; valueCode?: string; valueDateTime?: string }
interface Flag { status?: string; subject?: { reference?: string }; extension?: Part[] }

const EACH_MS = 30_000;

/** Patients with an active flag that is urgent and not snoozed: all that no rule raised are (docs/rules.md). */
export function urgentIn(flags: readonly Flag[], now: number): number {
  const patients = new Set<string>();
  for (const { status, subject, extension = [] } of flags) {
    const finding = extension.find(({ url }) => url === 'urn:reprise:finding');
    const urgency = finding?.extension?.find(({ url }) => url === 'urgency')?.valueCode;
    const until = extension.find(({ url }) => url === 'urn:reprise:snoozed-until')?.valueDateTime;
    const awake = until === undefined || Date.parse(until) <= now;
    if (status === 'active' && awake && (finding === undefined || urgency === 'now') && subject?.reference) patients.add(subject.reference);
  }
  return patients.size;
}

export function useUrgent(isClinician: boolean): number {
  const [count, setCount] = useState(0);
  const look = useCallback(() => {
    if (!isClinician) return;
    const now = Date.now();
    askRecord(`Flag?date=ge${encodeURIComponent(new Date(now).toISOString())}&_count=1000&_elements=status,subject,extension`)
      .then((text) => setCount(urgentIn(resourcesIn<Flag>([text], 'Flag'), now)), () => { /* the page that shows them says why */ });
  }, [isClinician]);
  useEffect(() => {
    if (isClinician) look();
    else setCount(0);
  }, [isClinician, look]);
  useEachWhileUsed(EACH_MS, look);
  return count;
}
