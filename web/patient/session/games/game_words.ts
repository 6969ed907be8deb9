// SPDX-License-Identifier: Apache-2.0
// Which sentence a game shows now, and what went well at its end. Pure: a state in, a key of a translation out.
import type { GameKind, GameState } from 'reprise-engine';
import type { Key } from '../../../translations/language.tsx';

export interface Words {
  key: Key;
  /** The first movement has not begun: it is shown what to do. */
  intro?: boolean;
  sound?: 'won' | 'reached' | 'over';
}

type Seen = Pick<GameState, 'phase' | 'done' | 'just' | 'asked' | 'succeeded' | 'tasks'>;

/** `held`: a support was confirmed, so the first words say to hold on. */
export function wordsOf(kind: GameKind, { done, phase, just, asked }: Seen, held: boolean): Words | undefined {
  if (just?.partial) return { key: 'game.partial' };
  if (just?.result === 'succeeded') return { key: `game.won.${kind}`, sound: phase === 'over' ? 'over' : 'won' };
  if (just?.result === 'other_side') return { key: asked.side ? `game.otherSide.${asked.side}` : 'game.missed' };
  if (just) return { key: `game.${just.result}` };
  if (done === 0 && (phase === 'coming' || phase === 'ready'))
    return { key: held && kind === 'river' ? 'game.introHeld.river' : `game.intro.${kind}`, intro: true };
  if (phase === 'kept') return { key: 'game.back', sound: 'reached' };
  if (asked.side && (kind === 'river' || kind === 'lanterns') && (phase === 'coming' || phase === 'ready'))
    return { key: `game.side.${kind}.${asked.side}` };
  return undefined;
}

/** Returns the sentence about something that went well; undefined: nothing was played. */
export function endingOf({ tasks, succeeded }: { tasks: number; succeeded: number }): Key | undefined {
  if (tasks <= 0) return undefined;
  if (succeeded >= tasks) return 'game.end.all';
  if (succeeded >= 0.6 * tasks) return 'game.end.most';
  return 'game.end.stayed';
}
