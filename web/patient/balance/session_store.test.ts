// SPDX-License-Identifier: Apache-2.0
import type { BalanceLevel, BalanceRequest } from 'reprise-engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { withEased } from '../../data/eased.ts';
import { localStore } from '../../data/local_store.ts';
import {
  forgetHolds,
  isSameOrder,
  keepHolds,
  keepSession,
  keptSession,
  newSession,
  type DoneHold,
  type Kept,
} from './session_store.ts';

const BEGAN = '2026-03-02T10:00:00.500Z';
const later = (hours: number) => new Date(new Date(BEGAN).getTime() + hours * 3600_000);

const level = (part: string): BalanceLevel => ({
  stance: 'tandem',
  side: null,
  foam: false,
  eyesClosed: false,
  dualTask: false,
  hold_s: 10,
  holds: 2,
  released: '2026-03-01',
  part,
});
const asked = (changed: Partial<BalanceRequest> = {}): BalanceRequest => ({
  request: 'ladder',
  everyDays: 1,
  done: false,
  due: null,
  lastDone: null,
  answerBy: null,
  helper: false,
  held: false,
  instruction: null,
  supportNote: null,
  problem: null,
  sessions: 2,
  levels: [level('one'), level('two'), level('three')],
  level: 1,
  releasedLevels: 2,
  wholeSessions: 0,
  ready: false,
  results: [],
  ...changed,
});
const hold = (part: string, outcome: DoneHold['outcome']): DoneHold => ({
  part,
  side: null,
  start_s: 5,
  planned_s: 10,
  held_s: 4,
  outcome,
  trunkAcceleration: null,
  swayAngle: null,
});
const session = (...holds: DoneHold[]): Kept => ({
  id: 'session',
  request: 'ladder',
  startedAt: BEGAN,
  beganAt: 1,
  holds,
  simulated: false,
});
const due = async (of: BalanceRequest) => (await withEased('kim', [of]))[0]?.level;

beforeEach(async () => (await localStore()).clear());

describe('a session that is under way', () => {
  it('is gone on with for twelve hours', async () => {
    const kept = session(hold('two', 'whole'));
    await keepHolds('kim', kept, 1);
    expect(await keptSession('kim', asked(), later(11.9))).toStrictEqual({ kept, old: false });
    const old = await keptSession('kim', asked(), later(12.1));
    expect(old).toMatchObject({ kept: { beganAt: 1, holds: [] }, old: true });
    expect(old.kept.id).not.toBe('session');
    expect(await keptSession('kim', asked(), later(1))).toMatchObject({ kept: { holds: [] }, old: false });
  });

  it('is not gone on with at a level that was withdrawn, or on another ladder', async () => {
    await keepHolds('kim', session(hold('two', 'whole')), 1);
    expect((await keptSession('kim', asked({ releasedLevels: 1 }), later(1))).old).toBe(true);
    await keepHolds('kim', session(hold('four', 'whole')), 1);
    expect((await keptSession('kim', asked(), later(1))).old).toBe(true);
  });

  it('is of one account and one request', async () => {
    await keepHolds('kim', session(hold('two', 'whole')), 1);
    expect((await keptSession('robin', asked(), later(1))).kept.holds).toStrictEqual([]);
    expect((await keptSession('kim', asked({ request: 'other' }), later(1))).kept.holds).toStrictEqual([]);
  });

  it("keeps today's first answer about pain, also before its first hold and where it is not gone on with", async () => {
    await keepSession('kim', { ...newSession('ladder', 1, 2), startedAt: BEGAN });
    const before = await keptSession('kim', asked({ level: 0 }), later(1));
    expect(before).toMatchObject({ kept: { painBefore: 2, beganAt: 0, holds: [] }, old: false });
    expect((await keptSession('kim', asked(), later(13))).kept.painBefore).toBeUndefined();
    await keepHolds('kim', { ...session(hold('two', 'whole')), painBefore: 2 }, 1);
    expect((await keptSession('kim', asked({ releasedLevels: 1 }), later(1))).kept.painBefore).toBe(2);
    expect((await keptSession('kim', asked(), new Date())).kept.painBefore).toBe(2);
  });

  it('is prepared again where what it asks for has changed', () => {
    expect(isSameOrder(asked(), asked({ results: [], wholeSessions: 1 }))).toBe(true);
    expect(isSameOrder(asked(), asked({ level: 0 }))).toBe(false);
    expect(isSameOrder(asked(), asked({ helper: true }))).toBe(false);
    expect(isSameOrder(asked(), asked({ levels: [level('one')] }))).toBe(false);
  });
});

describe('a session that needed the support', () => {
  it('makes the next one easier where it is not sent, or too old', async () => {
    await keepHolds('kim', session(hold('two', 'supported')), 0);
    await forgetHolds('kim', 'ladder');
    expect(await due(asked())).toBe(0);
    await keepHolds('kim', session(hold('two', 'supported')), 0);
    await keptSession('kim', asked(), later(13));
    expect(await due(asked())).toBe(0);
  });

  it('does so until the record has it or a later one, and never makes one harder', async () => {
    await keepHolds('kim', session(hold('two', 'supported')), 0);
    const at = (time_ms: number) => asked({ results: [{ time_ms, day: '2026-03-02', levels: [] }] });
    const began_ms = new Date(BEGAN).getTime();
    expect(await due(at(began_ms - 1000))).toBe(0); // an earlier one
    expect(await due(at(began_ms - 500))).toBe(1); // itself: the record counts whole seconds
    expect(await due(at(began_ms + 86_400_000))).toBe(1);
    expect(await due(asked({ level: 0 }))).toBe(0);
    expect(await due(asked({ request: 'other' }))).toBe(1);
  });

  it('is not one where each hold was whole', async () => {
    await keepHolds('kim', session(hold('two', 'whole')), 1);
    expect(await due(asked({ level: 1 }))).toBe(1);
    expect(await due(asked({ level: 2 }))).toBe(2);
  });
});
