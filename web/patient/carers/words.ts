// SPDX-License-Identifier: Apache-2.0
// The text of the patient's leave. The record keeps it in the words that were shown.
import type { Relation } from '../../fhir/carers.ts';
import type { useLanguage } from '../../translations/language.tsx';

type Translate = ReturnType<typeof useLanguage>['t'];

/** What a leave means, in this order. */
export const LEAVE_WORDS = ['sees', 'does', 'cannot', 'ends', 'free'] as const;

export const wordsOfLeave = (t: Translate, name: string, relation: Relation): string =>
  [
    t('carers.letIn'),
    ...LEAVE_WORDS.map((key) => t(`carers.${key}`)),
    `${name} (${t(`carers.relation.${relation}`)})`,
    t('carers.agree'),
    t('yes'),
  ].join('\n');
