// Which conditions count, and what they are called. Pure.
import { codeOf } from '../../record/results.ts';
import type { Condition } from './records.ts';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const OPEN = ['active', 'recurrence', 'relapse'];

export const isOpen = ({ clinicalStatus }: Condition) => OPEN.includes(codeOf(clinicalStatus, CLINICAL) ?? '');
export const conditionWords = ({ code }: Condition) => code?.text ?? code?.coding?.find(({ display }) => display)?.display ?? code?.coding?.[0]?.code ?? '';
export const notWrong = ({ verificationStatus }: Condition) => !verificationStatus?.coding?.some(({ code }) => code === 'entered-in-error' || code === 'refuted');
export const openProblems = (conditions: readonly Condition[]) => conditions.filter((one) => isOpen(one) && notWrong(one));
