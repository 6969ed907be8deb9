// SPDX-License-Identifier: Apache-2.0
// Selects the conditions that count, and names them. Pure.
import type { Condition } from 'fhir/r4';
import { codeOf } from '../../fhir/results.ts';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const OPEN = ['active', 'recurrence', 'relapse'];

export const isOpen = ({ clinicalStatus }: Condition) => OPEN.includes(codeOf(clinicalStatus, CLINICAL) ?? '');
export const conditionWords = ({ code }: Condition) =>
  code?.text ?? code?.coding?.find(({ display }) => display)?.display ?? code?.coding?.[0]?.code ?? '';
const SIDE_WORDS =
  /\b(left|right|both sides|bilateral|links?|rechts?|linke[rns]?|rechte[rns]?|beidseit\w*|izquierd[oa]|derech[oa])\b/i;
/** Checks if the text names the side already, in any known language. The side is then not repeated. */
export const saysSide = (condition: Condition) => SIDE_WORDS.test(conditionWords(condition));

export const notWrong = ({ verificationStatus }: Condition) =>
  !verificationStatus?.coding?.some(({ code }) => code === 'entered-in-error' || code === 'refuted');
export const openProblems = (conditions: readonly Condition[]) =>
  conditions.filter((one) => isOpen(one) && notWrong(one));
