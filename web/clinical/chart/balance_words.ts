// SPDX-License-Identifier: Apache-2.0
// How a level of a balance programme is named in the reader's language.
import type { What } from '../../fhir/balance.ts';
import { HAZARDS } from '../../fhir/balance.ts';
import type { useLanguage } from '../../translations/language.tsx';

/** "One leg (left), eyes closed, foam" */
export const levelWords = (level: What, t: ReturnType<typeof useLanguage>['t']) =>
  [
    t(`balance.stance.${level.stance}`) + (level.side === null ? '' : ` (${t(`plan.side.${level.side}`)})`),
    ...HAZARDS.filter((hazard) => level[hazard]).map((hazard) => t(`balance.hazard.${hazard}`)),
  ].join(', ');
