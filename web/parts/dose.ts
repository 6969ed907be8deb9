import { useLanguage } from '../source/language.tsx';

/** `hold`: seconds, of what is held; `load`: kilograms. */
export interface Dose { sets: number; repetitions: number; hold: number | null; load: number | null }

/** How much of an exercise, in the reader's words. */
export function useDose() {
  const { t, number } = useLanguage();
  return ({ sets, repetitions, hold, load }: Dose) => {
    const dose = hold === null ? t('dose.repetitions', { sets, repetitions }) : t('dose.hold', { sets, repetitions, seconds: hold });
    return load === null ? dose : t('dose.load', { dose, load: number(load) });
  };
}
