// SPDX-License-Identifier: Apache-2.0
import type { ReadinessState } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { isTurnedAway } from './angles.ts';

/** What to change before the test can begin. */
export function useAdvice(view: 'front' | 'side', side: 'left' | 'right' | undefined) {
  const { t } = useLanguage();
  return (readiness: ReadinessState | undefined) => {
    if (!readiness) return t('rom.setUp.looking');
    const [finding] = readiness.findings;
    if (!finding) return t(isTurnedAway({ view, side }, readiness) ? `rom.setUp.turn.${view}` : 'rom.setUp.stay');
    switch (finding.kind) {
      case 'other_position':
        return t(`position.${finding.position ?? 'standing'}`);
      case 'other_view':
        return t('rom.setUp.view', { view: t(`view.${view}`) });
      case 'cut_off':
      case 'hidden':
        return t('rom.setUp.hidden', { part: finding.part ? t(`part.${finding.part}`) : '' });
      default:
        return t(`rom.setUp.${finding.kind}`);
    }
  };
}
