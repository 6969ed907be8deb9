// SPDX-License-Identifier: Apache-2.0
// A game in place of the plain display of a set: the engine says where everything is, this draws it. It decides
// nothing.
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { GameResult, GameState } from 'reprise-engine';
import { useLanguage } from '../../../translations/language.tsx';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import type { SetWatcher } from '../set_watcher.ts';
import { useWatched } from '../use_watched.ts';
import { GameCanvas } from './game_canvas.tsx';
import { wordsOf, type Words } from './game_words.ts';
import { playSound } from './sounds.ts';
import type { Play } from './use_games.ts';

interface Props {
  watcher: SetWatcher;
  prescribed: Prescribed;
  play: Play;
  /** What the set leaves for the record, while it is on. */
  result: RefObject<(() => GameResult) | undefined>;
}

/** What the engine says after each look; nothing before the first. */
function useGame({ watcher, prescribed, play, result }: Props): GameState | undefined {
  const [state, setState] = useState<GameState>();
  const options = useRef(play);
  const watched = useWatched(prescribed);
  useEffect(() => {
    if (!watched) return undefined;
    const { kind, carried, effort } = options.current;
    const {
      exercise,
      order: { repetitions, hold_s, target, ceiling, side },
    } = watched;
    const game = exercise.game(kind, {
      repetitions,
      hold_s,
      target,
      ceiling,
      carried,
      effort,
      side: side === 'left' || side === 'right' ? side : null,
      seed: Math.floor(Math.random() * 1e9),
    });
    setState(game.state);
    result.current = () => game.result;
    const forget = watcher.onLook((look) => {
      if (look.now) setState(game.step(look));
    });
    return () => {
      forget();
      result.current = undefined;
      const {
        carried: level,
        result: { tasks },
      } = game;
      if (tasks > 0) options.current.onLevel(level);
      game.release();
    };
  }, [watcher, watched, result]);
  useEffect(() => {
    options.current = play;
  }, [play]);
  return state;
}

/** The sentence of now, with its sound once for each thing that happens. */
function useWords(state: GameState | undefined, { kind, held }: Play): Words | undefined {
  const words = state && wordsOf(kind, state, held);
  const happened = words?.sound && `${words.sound} ${String(state?.done)}`;
  useEffect(() => {
    const sound = happened?.split(' ')[0];
    if (sound === 'won' || sound === 'reached' || sound === 'over') playSound(sound);
  }, [happened]);
  return words;
}

export function GameView(props: Props) {
  const { kind } = props.play;
  const { t } = useLanguage();
  const state = useGame(props);
  const words = useWords(state, props.play);
  const count = state?.succeeded ?? 0;
  return (
    <div className="game" data-game={kind} data-phase={state?.phase} data-won={count}>
      <div className="scene" role="img" aria-label={t(`game.scene.${kind}`)}>
        {state && <GameCanvas kind={kind} state={state} />}
      </div>
      {state && count > 0 && (
        <p className="won" aria-hidden="true">
          {t(`game.score.${kind}`, { count, tasks: state.tasks })}
        </p>
      )}
      <p className="caption" role="status" data-intro={words?.intro || undefined}>
        {words && t(words.key, { count })}
      </p>
    </div>
  );
}
