// SPDX-License-Identifier: Apache-2.0
// Says what the rule of choose_words.ts chooses, in a set that is watched.
import { useState } from 'react';
import { chime, isSpeaking, say, type Sound } from '../../../coach/voice.ts';
import { preferences } from '../../../data/preferences.ts';
import { isHold, type Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import type { SetLook, SetWatcher } from '../set_watcher.ts';
import { chooseWords } from './choose_words.ts';
import type { Choice, Moment, Sentence, SetFacts } from './spoken.ts';
import { useSentences, type Said } from './use_sentences.ts';

function factsOf(prescribed: Prescribed, hurt: boolean): SetFacts {
  const { order, facts } = prescribed;
  const target = order.target === null ? 1 : (order.target - facts.rest) / (facts.target - facts.rest);
  return {
    repetitions: order.repetitions,
    hold: isHold(prescribed),
    hold_s: order.hold_s,
    hasCeiling: facts.ceiling !== null,
    target,
    tempo: facts.tempo,
    hurt,
  };
}

function momentOf({ time_s, events, count, now, worn }: SetLook): Moment {
  const problem = worn ?? now?.problem;
  return {
    time_s,
    events,
    count,
    part: now?.part ?? 'rest',
    progress: now?.progress ?? null,
    repetition_s: now?.repetition_s ?? 0,
    problem: problem ? (problem.say ? 'say' : 'yes') : 'no',
    speaking: isSpeaking(),
  };
}

/** Where the device has no voice; null: the sentence is only shown. */
const SOUNDS: Record<Sentence['kind'], Sound | null> = {
  stop: 'stop',
  problem: 'cue',
  release: 'done',
  correction: 'cue',
  milestone: 'praise',
  praise: 'praise',
  phase: null,
};

export interface Heard {
  said: Said | undefined;
  sparkle: boolean;
}

/** `hurts`: the exercise hurt today. */
export function useSpeech(watcher: SetWatcher, prescribed: Prescribed, hurts: boolean) {
  const { t, language } = useLanguage();
  const textOf = useSentences(prescribed, watcher.kind);
  const [rule] = useState(() => {
    let calm = hurts;
    const words = chooseWords(factsOf(prescribed, hurts), () => preferences().voice);
    const hurt = () => {
      calm = true;
      words.hurts();
    };
    return { ...words, hurts: hurt, isCalm: () => calm };
  });

  const speak = ({ count, sentence, aloud }: Choice, said: Said | undefined) => {
    if (!sentence || !said || !aloud) {
      if (count !== undefined) say(String(count), language, 'count');
      return;
    }
    const sound = SOUNDS[sentence.kind];
    const text = count === undefined ? said.text : `${count}; ${said.text}`;
    say(text, language, sound === 'stop' ? 'stop' : 'cue', sound);
  };

  return {
    /** `problem`: the words of the one that there is. */
    hear(look: SetLook, problem: string): Heard {
      const moment = momentOf(look);
      if (watcher.mode === 'paused') {
        if (moment.problem === 'say') say(problem, language, 'cue');
        return { said: undefined, sparkle: false };
      }
      const choice = rule.next(moment);
      const said = choice.sentence && textOf(choice.sentence, problem);
      // The end of the set says its number.
      if (look.count < prescribed.order.repetitions || choice.sentence) speak(choice, said);
      if (choice.chime) chime();
      // A problem stays on the screen as long as it lasts.
      return { said: choice.sentence?.kind === 'problem' ? undefined : said, sparkle: choice.sparkle };
    },
    paused: rule.paused,
    hurts: rule.hurts,
    /** The set is over; `count`: all of it was done. */
    end(count: number | undefined) {
      const text = t(rule.isCalm() ? 'spoken.finished' : 'live.done');
      say(count === undefined ? text : `${count}; ${text}`, language, 'done');
    },
  };
}
