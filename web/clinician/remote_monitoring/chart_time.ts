// SPDX-License-Identifier: Apache-2.0
// Counts the time that a clinician works in the chart of a monitored patient, and records it as time of management
// (docs/clinician/remote-monitoring.md). The counted time is stored on this device every few seconds until the record
// has it. It survives the end of a sign-in and a crash.
import type { CarePlan, Patient } from 'fhir/r4';
import { useEffect } from 'react';
import { localStore } from '../../data/local_store.ts';
import { post } from '../../data/outbox.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { fhirRead } from '../../data/api.ts';
import { useAccount } from '../../data/session.ts';
import { INITIAL, leave, LEAST_MS, pass, touch, type Step, type Stretch } from './chart_watch.ts';
import { seenBundle, type About } from './forms.ts';
import { isSimulated } from '../../fhir/people.ts';

const KEEP_MS = 5_000;
/** The age at which an interval counts as abandoned, because its window was closed or crashed. */
const LEFT_MS = 4 * KEEP_MS;

interface Kept extends Stretch {
  about: About;
  keptAt: number;
}

const keyOf = (account: string) => `chart-time ${account}`;

/** Changes the stored intervals under a lock, because several windows write them. */
async function change(account: string, work: (all: Kept[]) => Kept[] | Promise<Kept[]>) {
  const run = async () => {
    const kept = await localStore();
    await kept.putValue(keyOf(account), await work((await kept.value<Kept[]>(keyOf(account))) ?? []));
  };
  if (navigator.locks) await navigator.locks.request('reprise-chart-time', run);
  else await run();
}

const keep = (account: string, one: Stretch, about: About) =>
  change(account, (all) => [...all.filter(({ id }) => id !== one.id), { ...one, about, keptAt: Date.now() }]);

/**
 * What has ended goes to the outbox, which sends it as soon as that is possible; what cannot go there now stays for the
 * next time.
 */
export const handOver = (account: string) =>
  change(account, async (all) => {
    const left: Kept[] = [];
    for (const one of all) {
      const ended = one.closed || Date.now() - one.keptAt > LEFT_MS;
      if (!ended) left.push(one);
      else if (one.end - one.start >= LEAST_MS)
        await post({ id: one.id, kind: 'time', bundle: seenBundle(one.about, one.id, one.start, one.end) }).catch(() =>
          left.push({ ...one, closed: true }),
        );
    }
    return left;
  });

/** Whether time in this patient's chart is to be counted. */
async function watched(patient: string): Promise<{ simulated: boolean } | undefined> {
  const text = await fhirRead(
    `CarePlan?subject=Patient/${patient}&status=active&category=urn:reprise:care-plan%7Cremote-monitoring` +
      `&_include=CarePlan:subject:Patient`,
  );
  const [person] = resourcesIn<Patient>([text], 'Patient');
  return resourcesIn<CarePlan>([text], 'CarePlan').length > 0 && person
    ? { simulated: isSimulated(person) }
    : undefined;
}

/** Watches this window until what it returns is called. */
function watchWindow(account: string, about: About): () => void {
  let watch = INITIAL;
  const settle = ({ watch: next, closed }: Step) => {
    watch = next;
    if (closed) void keep(account, closed, about).then(() => handOver(account));
  };
  const touched = () => {
    if (document.visibilityState === 'visible') settle(touch(watch, Date.now(), () => crypto.randomUUID()));
  };
  const left = () => settle(leave(watch, Date.now()));
  const seen = () => (document.visibilityState === 'visible' ? touched() : left());
  const timer = setInterval(() => {
    settle(pass(watch, Date.now()));
    if (watch.stretch) void keep(account, watch.stretch, about);
  }, KEEP_MS);
  const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
  for (const one of touches) window.addEventListener(one, touched, { passive: true });
  document.addEventListener('visibilitychange', seen);
  window.addEventListener('pagehide', left);
  touched();
  return () => {
    clearInterval(timer);
    for (const one of touches) window.removeEventListener(one, touched);
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('pagehide', left);
    left();
  };
}

/**
 * Counts the time that a clinician works in a patient's chart. Pauses when the page is hidden or without input for two
 * minutes.
 */
export function useChartTime(patient: string) {
  const {
    account: { id: account, person, role },
  } = useAccount();
  useEffect(() => {
    if (role !== 'clinician' || !person) return undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    void handOver(account).catch(() => {});
    watched(patient).then(
      (found) => {
        if (found && !gone) stop = watchWindow(account, { patient, practitioner: person, simulated: found.simulated });
      },
      () => {
        /* The chart says itself what cannot be reached. */
      },
    );
    return () => {
      gone = true;
      stop?.();
    };
  }, [patient, account, person, role]);
}
