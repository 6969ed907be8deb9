// SPDX-License-Identifier: Apache-2.0
// The games' stored settings on this device: the patient's preferred display of a set, and the difficulty reached for
// each exercise and side.
import type { GameKind } from 'reprise-engine';
import { localStore } from '../../../data/local_store.ts';
import type { Prescribed } from '../../../exercises/prescribed.ts';

/** The display during a set: the mirror image with numbers, or a game. */
export type Display = 'plain' | GameKind;

export const DISPLAYS: readonly Display[] = ['plain', 'balloon', 'orchard', 'river', 'lanterns'];

export interface KeptGames {
  display: Display;
  /** By exercise and side; checked by the engine when it is used. */
  levels: Partial<Record<string, number>>;
}

const keyOf = (account: string) => `games ${account}`;
const FIRST: KeptGames = { display: 'plain', levels: {} };

export async function keptGames(account: string): Promise<KeptGames> {
  const found = await (await localStore()).value<Partial<KeptGames>>(keyOf(account));
  const display = DISPLAYS.find((one) => one === found?.display) ?? FIRST.display;
  return { display, levels: found?.levels ?? FIRST.levels };
}

export async function keepGames(account: string, games: KeptGames) {
  try {
    await (await localStore()).putValue(keyOf(account), games);
  } catch {
    /* no room: it begins easy again next time */
  }
}

/**
 * Each exercise and side has a level of its own, and so has its muscle; the games share it, because the movement is the
 * same.
 */
export const levelKey = ({ order, facts }: Prescribed) =>
  `${order.id} ${order.side ?? ''}${facts.measure === 'muscle_activity' ? ' muscle' : ''}`;

/**
 * The games that suit an exercise, as the engine says; none with a helper or a clinic's note on the support. The boat
 * also goes where a support has to be confirmed, which the page before the set asks for.
 */
export const gamesFor = ({ order, facts }: Prescribed): readonly GameKind[] =>
  order.helper || order.supportNote !== null ? [] : facts.games;
