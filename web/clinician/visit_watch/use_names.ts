// SPDX-License-Identifier: Apache-2.0
import type { VisitProposal } from 'reprise-engine';
import { nameOf, rangeTest } from '../../coach/range/range_tests.ts';
import { useLanguage } from '../../translations/language.tsx';

type Named = Pick<VisitProposal, 'test' | 'side'>;

/** Returns a function that names a movement with its side. */
export function useMovementName() {
  const { t, language } = useLanguage();
  return ({ test, side }: Named) => {
    const known = rangeTest(test);
    const name = known ? nameOf(known, language) : test;
    return side ? `${name}, ${t(`side.${side}`)}` : name;
  };
}
