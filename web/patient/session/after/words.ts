// SPDX-License-Identifier: Apache-2.0
import { exerciseWords, wordsIn } from '../../../exercises/exercise_words.ts';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import type { Farther, QualityLevel, Try, Well } from './look_back.ts';

/** The texts of a look back, in the words of the exercise's file. */
export function useLookBackWords({ file, facts }: Prescribed) {
  const { t, language, number, day, weekday } = useLanguage();
  const { cue } = exerciseWords(file, language);
  const nameOf = (rule: string) => {
    const name = file.form?.find(({ id }) => id === rule)?.name;
    return (name && wordsIn(name, language)) ?? '';
  };
  return {
    well: (well: Well): { words: string; why: string } => {
      const values = () => {
        if (well.kind === 'corrected') return { fault: nameOf(well.rule), times: well.times };
        if (well.kind === 'form') return { count: well.count };
        if (well.kind === 'holds') return { count: well.count, seconds: number(well.seconds) };
        if (well.kind === 'full') return { sets: well.sets, count: well.count };
        const now = { from: number(well.from), to: number(well.to) };
        return well.kind === 'steady'
          ? now
          : { ...now, firstFrom: number(well.firstFrom), firstTo: number(well.firstTo) };
      };
      return { words: t(`after.well.${well.kind}`, values()), why: t(`after.well.${well.kind}.why`, values()) };
    },
    /** What to do instead, and why. */
    attempt: ({ rule, count, of }: Try) => ({
      cue: cue(rule),
      why: t('after.try.why', { fault: nameOf(rule), count, of }),
    }),
    farther: ({ by, doubt, day: of, recent }: Farther) => ({
      words: t(`after.${facts.farther}`, { by, day: recent ? weekday(of, 'long') : day(of) }),
      why: t('after.fartherWhy', { doubt }),
    }),
    quality: (level: QualityLevel) => ({ words: t(`after.quality.${level}`), what: t(`after.quality.${level}.what`) }),
  };
}
