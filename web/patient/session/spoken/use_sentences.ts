// SPDX-License-Identifier: Apache-2.0
// The sentences of a set in the reader's language.
import type { CoachEvent } from 'reprise-engine';
import { exerciseWords } from '../../../exercises/exercise_words.ts';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import type { SetWatcher } from '../set_watcher.ts';
import type { Praise, Sentence } from './spoken.ts';

export interface Said {
  text: string;
  tone: 'good' | 'careful' | 'bad';
}

/** So many words can be said while the person moves. */
const MOST_WORDS = 4;

const DIRECTIONS = {
  lower: { out: 'down', back: 'up', hold: 'hold' },
  higher: { out: 'up', back: 'down', hold: 'hold' },
  farther: { out: 'go', back: 'back', hold: 'hold' },
} as const;

const withoutStop = (text: string) => text.replace(/[.!]$/, '');
const inside = (text: string, language: string) =>
  language === 'de' ? text : text.charAt(0).toLocaleLowerCase(language) + text.slice(1);

/** Returns a function of the sentence, with what keeps the set from going on; undefined if it has no text. */
export function useSentences({ file, order, facts }: Prescribed, by: SetWatcher['kind']) {
  const { t, language } = useLanguage();
  const words = exerciseWords(file, language);

  const correction = ({ kind, detail }: CoachEvent): string => {
    switch (kind) {
      case 'cue':
        return words.cue(detail ?? '');
      case 'seen_again':
        return t(by === 'camera' ? 'live.seenAgain' : 'worn.again');
      case 'other_view':
        return t('live.otherView');
      case 'fell_short':
        return t(facts.ceiling === null ? `live.short.${facts.farther}` : 'live.partialCalm');
      default:
        return t(order.ceiling === null ? 'live.partial' : 'live.partialCalm');
    }
  };
  const praiseText = (praise: Praise): string => {
    if (typeof praise === 'object') return t('spoken.better', { cue: withoutStop(words.cue(praise.better)) });
    return t(praise === 'range' ? `spoken.range.${facts.farther}` : `spoken.${praise}`);
  };
  const corrected = ({ event, after, again }: Extract<Sentence, { kind: 'correction' }>): string => {
    const cue = correction(event);
    if (again && event.kind === 'cue') return t('spoken.again', { cue: inside(cue, language) });
    return after ? `${praiseText(after)} ${cue}` : cue;
  };
  const phaseText = ({ phase, still }: Extract<Sentence, { kind: 'phase' }>): string => {
    const own = words.phase(phase);
    if (own && (still || own.split(' ').length <= MOST_WORDS)) return own;
    return t(`spoken.phase.${DIRECTIONS[facts.farther][phase]}`);
  };

  return (sentence: Sentence, problem: string): Said | undefined => {
    switch (sentence.kind) {
      case 'stop':
        return { text: t('live.ceiling'), tone: 'bad' };
      case 'problem':
        return problem ? { text: problem, tone: 'careful' } : undefined;
      case 'release':
        return { text: t('live.release'), tone: 'good' };
      case 'correction': {
        const text = corrected(sentence);
        return text ? { text, tone: sentence.event.kind === 'seen_again' ? 'good' : 'careful' } : undefined;
      }
      case 'milestone':
        return { text: t(`spoken.${sentence.which}`), tone: 'good' };
      case 'praise':
        return { text: praiseText(sentence.praise), tone: 'good' };
      case 'phase':
        return { text: phaseText(sentence), tone: 'good' };
    }
  };
}
