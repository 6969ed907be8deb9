// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useRetryWait } from '../../hooks/use_retry_wait.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { decide, type Decision } from './decide.ts';
import type { Reason, Row } from './worklist.ts';
import { DAY_MS } from '../../fhir/durations.ts';

const SNOOZES = [1, 3, 7, 14] as const;

type Action = 'close' | 'snooze';

/** Closes a patient's flags, or hides them for some days, each with a reason. */
export function FlagDialog({
  row,
  words,
  onClose,
  onDone,
}: {
  row: Pick<Row, 'id' | 'name' | 'simulated' | 'reasons' | 'snoozed'>;
  words: (reason: Reason) => string;
  onClose: () => void;
  onDone: (flags: readonly string[], what: Action) => Promise<void>;
}) {
  const { t, counted, moment } = useLanguage();
  const { account } = useAccount();
  const all = [...row.reasons, ...row.snoozed];
  const [chosen, setChosen] = useState<readonly string[]>(row.reasons.map(({ flag }) => flag));
  const [why, setWhy] = useState('');
  const [days, setDays] = useState('3');
  const flags = all.filter(({ flag }) => chosen.includes(flag)).flatMap((one) => one.flags);
  const holding = all.some(({ flag, hold }) => hold === 'on' && chosen.includes(flag));
  const { mutate, isPending, error } = useMutation({
    mutationFn: (what: Action) => {
      const until = new Date(Date.now() + Number(days) * DAY_MS).toISOString();
      const decision: Decision = { what, why, ...(what === 'snooze' && { until }) };
      return decide(flags, decision, {
        patient: row.id,
        practitioner: account.person ?? '',
        simulated: row.simulated,
      });
    },
    onSuccess: (_, what) => onDone(flags, what),
  });
  const isWaiting = useRetryWait(error) > 0;
  const ready = flags.length > 0 && why.trim().length > 0 && !isPending && !isWaiting;
  return (
    <Dialog title={t('work.dialog', { name: row.name })} onClose={onClose}>
      <ul className="rows reasons">
        {all.map((reason) => (
          <li key={reason.flag}>
            <Checkbox
              checked={chosen.includes(reason.flag)}
              label={
                <>
                  {words(reason)}{' '}
                  {reason.flags.length > 1 && <Badge tone="plain">{counted('work.flags', reason.flags.length)}</Badge>}
                </>
              }
              description={
                <>
                  {moment(reason.raised)}
                  {reason.snoozedUntil && <>, {t('chart.flag.snoozed', { until: moment(reason.snoozedUntil) })}</>}
                  {reason.hold && <> · {t(reason.hold === 'on' ? 'work.hold' : 'work.hold.ended')}</>}
                </>
              }
              onChange={({ currentTarget }) =>
                setChosen(
                  currentTarget.checked ? [...chosen, reason.flag] : chosen.filter((one) => one !== reason.flag),
                )
              }
            />
          </li>
        ))}
      </ul>
      <Textarea
        label={t('work.why')}
        description={t('work.why.what')}
        value={why}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        required
      />
      {holding && (
        <Alert tone="careful">
          <p>{t('work.hold.close')}</p>
          <p>{t('work.hold.stays')}</p>
        </Alert>
      )}
      <FailureAlert failure={error} />
      <div className="actions decisions">
        <Button disabled={!ready} loading={isPending} onClick={() => mutate('close')}>
          {flags.length === 0 ? t('work.close') : counted('work.close.count', flags.length)}
        </Button>
        <NativeSelect
          label={t('work.snooze.for')}
          value={days}
          data={SNOOZES.map((count) => ({ value: String(count), label: counted('work.days', count) }))}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
        <Button variant="default" disabled={!ready} loading={isPending} onClick={() => mutate('snooze')}>
          {t('work.snooze')}
        </Button>
      </div>
    </Dialog>
  );
}
