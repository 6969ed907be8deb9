// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../../translations/language.tsx';
import type { SetDone } from '../flow.ts';
import { endingOf } from './game_words.ts';

const MOST = 20;

/** The end of a game: its count, and something that went well. Not shown once the exercise hurt. */
export function GameEnd({ game: { kind, succeeded, tasks = 0 } }: { game: NonNullable<SetDone['game']> }) {
  const { t, counted } = useLanguage();
  const ending = endingOf({ tasks, succeeded });
  const lights = Array.from({ length: Math.min(tasks, MOST) }, (_, i) => i);
  return (
    <div className="game-end">
      {lights.length > 0 && (
        <ul className="tasks" aria-hidden="true">
          {lights.map((i) => (
            <li key={i} data-lit={i < succeeded || undefined} />
          ))}
        </ul>
      )}
      {succeeded > 0 && <p className="lead">{counted(`game.rest.${kind}`, succeeded)}</p>}
      {ending && <p>{t(ending)}</p>}
    </div>
  );
}
