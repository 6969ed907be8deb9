// SPDX-License-Identifier: Apache-2.0
// What the record knows of earlier sessions, from whichever device: so that the next device does not begin anew.
import type { Procedure, QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4';
import type { Programme, ProgrammeEngine } from 'reprise-engine';
import { searchAll } from '../../data/fhir_search.ts';
import { DAY_MS } from '../../fhir/durations.ts';
import { FLAGS_EVERY_DAYS, keepRecalled, type FlagsAnswered, type Last } from './remembered.ts';

export interface Recalled {
  last: Last | undefined;
  flags: FlagsAnswered | undefined;
}

/** Whether answers about warning signs let the patient go on. */
export type IsClear = (redFlags: Record<string, boolean>, version: string | null) => boolean;

const URL = 'urn:reprise:questionnaire:';
const ASKED = ['red-flags', 'before-exercise', 'after-exercise', 'next-morning'];

const timeOf = (text: string | undefined) => Date.parse(text ?? '');
const dayOf = (time: number) => new Date(time).toDateString();

interface Answers {
  time: number;
  asked: string;
  version: string | null;
  whole: boolean;
  values: Map<string, boolean | number>;
}

function answersOf({ questionnaire, status, authored, item = [] }: QuestionnaireResponse): Answers {
  const [url = '', version = null] = (questionnaire ?? '').split('|');
  const values = new Map<string, boolean | number>();
  const collect = (items: readonly QuestionnaireResponseItem[]) => {
    for (const { linkId, answer, item: inner = [] } of items) {
      const value = answer?.[0]?.valueBoolean ?? answer?.[0]?.valueInteger;
      if (value !== undefined) values.set(linkId, value);
      collect(inner);
    }
  };
  collect(item);
  return {
    time: timeOf(authored),
    asked: url.replace(URL, ''),
    version,
    whole: status === 'completed' || status === 'amended',
    values,
  };
}

/** The newest word on warning signs; one that only takes an answer back is none. */
function flagsIn(newestFirst: readonly Answers[], isClear: IsClear): FlagsAnswered | undefined {
  for (const { asked, time, whole, version, values } of newestFirst) {
    if (asked !== 'red-flags') continue;
    const redFlags = Object.fromEntries(
      [...values].filter((one): one is [string, boolean] => one[1] === true || one[1] === false),
    );
    const raised = Object.values(redFlags).includes(true);
    if (raised || whole) return { at: new Date(time).toISOString(), clear: !raised && isClear(redFlags, version) };
  }
  return undefined;
}

const number = (value: boolean | number | undefined) => (typeof value === 'number' ? value : undefined);

/** Pure. Of all sets and answers, those of the last day with any; `now`: in ms since 1970. */
export function recalledIn(
  procedures: readonly Procedure[],
  responses: readonly QuestionnaireResponse[],
  isClear: IsClear,
  now: number,
): Recalled {
  const answers = responses
    .map(answersOf)
    .filter(({ time }) => !Number.isNaN(time))
    .sort((a, b) => b.time - a.time);
  const sets = procedures
    .map(({ performedPeriod, basedOn }) => ({
      time: timeOf(performedPeriod?.end ?? performedPeriod?.start),
      request: basedOn?.[0]?.reference?.replace(/^ServiceRequest\//, ''),
    }))
    .filter(({ time }) => !Number.isNaN(time));
  // From a device whose clock is ahead, "no warning sign" would put the questions off for longer than a week.
  const flags = flagsIn(
    answers.filter(({ time }) => time <= now),
    isClear,
  );

  const around = answers.filter(({ asked }) => asked === 'before-exercise' || asked === 'after-exercise');
  const times = [...sets, ...around].map(({ time }) => time);
  if (times.length === 0) return { last: undefined, flags };
  const ended = Math.max(...times);
  const day = dayOf(ended);
  const thatDay = around.filter(({ time }) => dayOf(time) === day);
  const pains = thatDay.flatMap(({ values }) =>
    ['pain-before', 'pain-during', 'pain-after'].flatMap((name) => number(values.get(name)) ?? []),
  );
  const first = (name: string, of: readonly Answers[]) =>
    of.map(({ values }) => number(values.get(name))).find((value) => value !== undefined) ?? null;
  const done = sets.flatMap(({ time, request }) => (request && dayOf(time) === day ? [request] : []));
  return {
    last: {
      endedAt: new Date(ended).toISOString(),
      painBefore: first('pain-before', thatDay),
      painMost: pains.length > 0 ? Math.max(...pains) : null,
      effort: first('effort', thatDay),
      done: [...new Set(done)],
      followedUp: answers.some(({ asked, time }) => asked === 'next-morning' && time > ended),
    },
    flags,
  };
}

/** The record may take so long before a session begins with what this device knows. Unsourced default. */
const PATIENCE_MS = 2500;

async function recall(
  account: string,
  reprise: ProgrammeEngine,
  { patient, limits }: Pick<Programme, 'patient' | 'limits'>,
): Promise<void> {
  const from = new Date(Date.now() - (FLAGS_EVERY_DAYS + 1) * DAY_MS).toISOString();
  const questionnaires = ASKED.map((name) => encodeURIComponent(URL + name)).join(',');
  const [procedures, responses] = await Promise.all([
    searchAll<Procedure>('Procedure', `?subject=Patient/${patient}&date=ge${from}&_sort=-date&_count=200`),
    searchAll<QuestionnaireResponse>(
      'QuestionnaireResponse',
      `?subject=Patient/${patient}&questionnaire=${questionnaires}&authored=ge${from}&_sort=-authored&_count=200`,
    ),
  ]);
  const isClear: IsClear = (redFlags, redFlagsVersion) =>
    reprise.safety({ limits, redFlags, redFlagsVersion }).verdict === 'go_on';
  await keepRecalled(account, recalledIn(procedures, responses, isClear, Date.now()));
}

/** Adds the record's knowledge to this device's; without a network, or where that takes long, it does not. */
export function recallSoon(
  account: string,
  reprise: ProgrammeEngine,
  programme: Pick<Programme, 'patient' | 'limits'>,
): Promise<void> {
  const late = new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
  });
  return Promise.race([recall(account, reprise, programme).catch(() => {}), late]);
}
