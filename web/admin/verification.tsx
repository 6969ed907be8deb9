// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { FailureAlert } from '../components/failure_alert.tsx';
import { Alert } from '../components/alert.tsx';
import { Section } from '../components/section.tsx';
import { CopyableText } from '../components/copyable_text.tsx';
import { useLanguage, type Key } from '../translations/language.tsx';
import { useLongTask } from './long_task.ts';

export interface Head {
  sequence: number;
  at: string;
  hash: string;
  line: string;
}
interface Finding {
  fault: string;
  text: string;
  anchor: string;
  sequence?: number;
}
interface Verified {
  entries: number;
  covered: number;
  heads: number;
  findings: Finding[];
  head: Head | null;
}

const FAULTS = [
  'changed',
  'removed',
  'tail_removed',
  'inserted',
  'reordered',
  'rewritten',
  'anchor_forged',
  'anchor_damaged',
  'anchor_truncated',
] as const;

function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useLanguage();
  const words = (fault: string) => {
    const known = FAULTS.find((one) => one === fault);
    return known ? t(`adm.fault.${known}` satisfies Key) : fault;
  };
  return (
    <ul className="plain">
      {findings.map(({ fault, text, sequence, anchor }, i) => (
        <li key={i}>
          {sequence !== undefined && <strong>{t('adm.verify.entry', { number: sequence })}: </strong>}
          {words(fault)}{' '}
          <span className="small">
            ({text}
            {anchor && `, ${anchor}`})
          </span>
        </li>
      ))}
    </ul>
  );
}

function Result({ result: { entries, covered, heads, findings, head } }: { result: Verified }) {
  const { t, number, moment } = useLanguage();
  const values = { entries: number(entries), covered: number(covered), heads: number(heads) };
  return (
    <Stack gap="sm">
      {findings.length === 0 ? (
        <Alert tone="good" role="status">
          {t('adm.verify.whole', values)}
        </Alert>
      ) : (
        <Alert tone="bad" role="alert">
          {t('adm.verify.broken', values)}
          <Findings findings={findings} />
          {t('adm.verify.broken.do')}
        </Alert>
      )}
      {head && (
        <div>
          <p className="small">{t('adm.verify.head', { number: head.sequence, when: moment(head.at) })}</p>
          <CopyableText text={head.line} label={t('copy')} />
        </div>
      )}
    </Stack>
  );
}

/** Verifies the whole chain and the signed heads on the server. */
export function Verification() {
  const { t, number, moment } = useLanguage();
  const { task, running, failure, begin } = useLongTask<Verified>('verification');
  return (
    <Section
      title={t('adm.verify.title')}
      action={
        <Button loading={running} onClick={begin}>
          {t('adm.verify.action')}
        </Button>
      }
    >
      <p className="note">{t('adm.verify.lead')}</p>
      <FailureAlert failure={failure} />
      {task?.state === 'running' && (
        <p role="status">{t('adm.verify.running', { done: number(task.done ?? 0), of: number(task.of ?? 0) })}</p>
      )}
      {task?.endedAt && <p className="small">{t('adm.verify.when', { when: moment(task.endedAt) })}</p>}
      {task?.state === 'failed' && (
        <Alert tone="bad" role="alert">
          {t('adm.task.failed')} {task.problem}
        </Alert>
      )}
      {task?.state === 'done' && task.result && <Result result={task.result} />}
    </Section>
  );
}
