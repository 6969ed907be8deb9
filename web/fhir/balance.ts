// SPDX-License-Identifier: Apache-2.0
// Balance programmes, as ServiceRequests: docs/reference/programme.md. Pure.
import type { Extension, ServiceRequest } from 'fhir/r4';
import type { BalanceLevel, Stance } from 'reprise-engine';
import { isOfKind, ownRequest, UCUM, type WantedRequest } from './own_requests.ts';

const BALANCE = 'urn:reprise:balance';
const LEVEL = 'urn:reprise:balance-level';

export const STANCES = [
  'feet-apart',
  'feet-together',
  'semi-tandem',
  'tandem',
  'single-leg',
] as const satisfies readonly Stance[];
/** What makes a stance harder, and the part of a level that confirms its release. */
export const HAZARDS = ['eyesClosed', 'foam', 'dualTask'] as const;
export type Hazard = (typeof HAZARDS)[number];
const CONFIRMED: Record<Hazard, string> = {
  eyesClosed: 'confirmed-eyes-closed',
  foam: 'confirmed-foam',
  dualTask: 'confirmed-dual-task',
};
const RELEASE = ['released', ...Object.values(CONFIRMED)];

/** As care/plan/balance_request.cpp accepts them. */
export const HOLD_SECONDS = { least: 3, most: 120 };
export const MOST_HOLDS = 10;
export const MOST_SESSIONS = 20;
export const MOST_LEVELS = 20;

export const isBalance = (request: ServiceRequest) => isOfKind(request, 'balance-programme');

export type What = Pick<BalanceLevel, 'stance' | 'side' | Hazard>;
export type WantedLevel = What & Pick<BalanceLevel, 'hold_s' | 'holds'>;

const code = (url: string, valueCode: string): Extension => ({ url, valueCode });

const levelExtension = ({ stance, side, foam, eyesClosed, dualTask, hold_s, holds }: WantedLevel): Extension => ({
  url: LEVEL,
  extension: [
    code('stance', stance),
    ...(side === null ? [] : [code('side', side)]),
    code('surface', foam ? 'foam' : 'firm'),
    code('eyes', eyesClosed ? 'closed' : 'open'),
    code('task', dualTask ? 'dual' : 'none'),
    { url: 'hold', valueQuantity: { value: hold_s, unit: 's', system: UCUM, code: 's' } },
    { url: 'holds', valueInteger: holds },
  ],
});

/** Whether a level has what needs a release of its own: it cannot be released by requesting the programme. */
export const isHazardous = (level: What) => HAZARDS.some((hazard) => level[hazard]);

/** `change`: of the parts of the level at this index; the other extensions stay. */
function withLevel(request: ServiceRequest, index: number, change: (parts: Extension[]) => Extension[]) {
  let at = -1;
  return {
    ...request,
    extension: request.extension?.map((one) => {
      if (one.url !== LEVEL) return one;
      at += 1;
      return at === index ? { ...one, extension: change(one.extension ?? []) } : one;
    }),
  } as ServiceRequest;
}

const withoutRelease = (parts: Extension[]) => parts.filter(({ url }) => !RELEASE.includes(url));

/** The request with one level released, and what it has confirmed. `day`: YYYY-MM-DD. */
export const withRelease = (request: ServiceRequest, index: number, day: string, confirmed: readonly Hazard[]) =>
  withLevel(request, index, (parts) => [
    ...withoutRelease(parts),
    { url: 'released', valueDate: day },
    ...confirmed.map((hazard) => ({ url: CONFIRMED[hazard], valueBoolean: true })),
  ]);

export const withoutReleaseOf = (request: ServiceRequest, index: number) => withLevel(request, index, withoutRelease);

export interface WantedProgramme extends WantedRequest {
  /** The programme's name in the clinic's language. */
  name: string;
  /** The easiest first. */
  levels: readonly WantedLevel[];
  sessions: number;
}

/** Returns the order of a programme, with its first level released and no other. */
export function balanceRequest({ name, levels, sessions, ...common }: WantedProgramme): ServiceRequest {
  const made = ownRequest(
    'balance-programme',
    { text: name },
    [{ url: BALANCE, extension: [{ url: 'sessions', valueInteger: sessions }] }, ...levels.map(levelExtension)],
    common,
  );
  return withRelease(made, 0, common.authored.slice(0, 10), []);
}

/** The level in a result's `part`, as care/plan/balance_ladder.cpp names it; undefined: it is no level's. */
export function levelOfPart(part: string): (Omit<What, 'side'> & { hold_s: number }) | undefined {
  const [name = '', surface, eyes, ...rest] = part.split('.');
  const stance = STANCES.find((one) => one.replaceAll('-', '_') === name);
  const seconds = /^(\d+)s$/.exec(rest.at(-1) ?? '')?.[1];
  const dualTask = rest.length === 2 && rest[0] === 'dual_task';
  const known =
    ['firm', 'foam'].includes(surface ?? '') &&
    ['eyes_open', 'eyes_closed'].includes(eyes ?? '') &&
    (rest.length === 1 || dualTask);
  if (!stance || seconds === undefined || !known) return undefined;
  return { stance, foam: surface === 'foam', eyesClosed: eyes === 'eyes_closed', dualTask, hold_s: Number(seconds) };
}
