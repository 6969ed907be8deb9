// SPDX-License-Identifier: Apache-2.0
// A game in place of the plain display of a set: the engine says where everything is, this draws it. It decides
// nothing.
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { GameResult, GameState } from 'reprise-engine';
import { useLanguage } from '../../../translations/language.tsx';
import { wantsLessMotion } from '../../../data/preferences.ts';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import type { SetWatcher } from '../set_watcher.ts';
import { Scene, Won } from './scene.tsx';
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
  useEffect(() => {
    const { kind, carried, effort } = options.current;
    const {
      exercise,
      order: { repetitions, hold_s, target, ceiling },
    } = prescribed;
    const game = exercise.game(kind, {
      repetitions,
      hold_s,
      target,
      ceiling,
      carried,
      effort,
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
  }, [watcher, prescribed, result]);
  useEffect(() => {
    options.current = play;
  }, [play]);
  return state;
}

/** Said once for each thing that happens, for eyes and screen readers; as long as the engine calls it new. */
function useCaption(state: GameState | undefined, kind: Play['kind']): string {
  const { t } = useLanguage();
  if (!state?.just) return '';
  const { partial, result } = state.just;
  if (partial) return t('game.partial');
  return result === 'succeeded' ? t(`game.won.${kind}`, { count: state.succeeded }) : t(`game.${result}`);
}

export function GameView(props: Props) {
  const {
    play: { kind },
  } = props;
  const { t } = useLanguage();
  const state = useGame(props);
  const caption = useCaption(state, kind);
  return (
    <div className="game" data-game={kind}>
      <div className="scene" role="img" aria-label={t(`game.scene.${kind}`)}>
        {state && <Scene kind={kind} state={state} still={wantsLessMotion()} />}
      </div>
      {state && state.succeeded > 0 && (
        <p className="won" aria-hidden="true">
          <Won kind={kind} /> {state.succeeded}
        </p>
      )}
      <p className="caption" role="status">
        {caption}
      </p>
    </div>
  );
}
