// SPDX-License-Identifier: Apache-2.0
// The levels of one balance programme: which is due, which are released, and the release of the next one.
import { Button, Checkbox, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ServiceRequest } from 'fhir/r4';
import { useState } from 'react';
import type { BalanceLevel, BalanceRequest } from 'reprise-engine';
import { levelWords } from '../../clinical/chart/balance_words.ts';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Form, useProblem } from '../../components/form.tsx';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { change } from '../../data/write.ts';
import { HAZARDS, withoutReleaseOf, withRelease, type Hazard } from '../../fhir/balance.ts';
import { localTime } from '../../fhir/local_time.ts';
import { useLanguage } from '../../translations/language.tsx';

const SESSIONS_SHOWN = 3;

/** Each hazard is confirmed by a control of its own (SAFETY.md 5). */
function Confirmation({ hazard, given, onGiven }: { hazard: Hazard; given: boolean; onGiven: (to: boolean) => void }) {
  const { t } = useLanguage();
  const error = useProblem(given ? undefined : t('field.missing'));
  return (
    <Checkbox
      label={t(`orders.balance.confirm.${hazard}`)}
      checked={given}
      onChange={(event) => onGiven(event.currentTarget.checked)}
      aria-invalid={error !== undefined || undefined}
      error={error}
    />
  );
}

function ReleaseDialog({
  number,
  level,
  read,
  onClose,
  onRelease,
}: {
  number: number;
  level: BalanceLevel;
  read: BalanceRequest;
  onClose: () => void;
  onRelease: (confirmed: readonly Hazard[]) => Promise<unknown>;
}) {
  const { t, counted } = useLanguage();
  const needed = HAZARDS.filter((hazard) => level[hazard]);
  const [given, setGiven] = useState<readonly Hazard[]>([]);
  return (
    <Dialog title={t('orders.balance.release.of', { number })} onClose={onClose}>
      <Form submit={t('orders.balance.release.of', { number })} onSubmit={() => onRelease(given)}>
        <p>
          <strong>{levelWords(level, t)}</strong>
        </p>
        <p>{t('orders.balance.dose', { holds: level.holds, seconds: level.hold_s })}</p>
        <p>{t('orders.balance.release.what')}</p>
        {!read.ready && <Alert tone="plain">{counted('orders.balance.release.early', read.sessions)}</Alert>}
        {needed.length > 0 && (
          <Stack gap="sm">
            {needed.map((hazard) => (
              <Confirmation
                key={hazard}
                hazard={hazard}
                given={given.includes(hazard)}
                onGiven={(to) =>
                  setGiven((before) => (to ? [...before, hazard] : before.filter((one) => one !== hazard)))
                }
              />
            ))}
          </Stack>
        )}
      </Form>
    </Dialog>
  );
}

/** The newest sessions: of each level the whole holds. */
function Sessions({ read }: { read: BalanceRequest }) {
  const { t, day } = useLanguage();
  if (read.results.length === 0) return null;
  return (
    <ul className="small balance-sessions">
      {read.results.slice(0, SESSIONS_SHOWN).map((session, i) => (
        <li key={i}>
          {day(session.day)}:{' '}
          {[...session.levels]
            .reverse()
            .map(({ level, holds, whole }) => t('orders.balance.session', { number: level + 1, holds, whole }))
            .join(', ') || t('orders.balance.session.unclear')}
        </li>
      ))}
    </ul>
  );
}

export function BalanceLadder({
  chart,
  request,
  read,
  undo,
}: {
  chart: Chart;
  request: ServiceRequest;
  /** As the engine reads it. */
  read: BalanceRequest;
  undo: Undo;
}) {
  const { t, day } = useLanguage();
  const patient = chart.standing.patient.id ?? '';
  const [releasing, setReleasing] = useState<number>();
  const write = async (next: ServiceRequest, words: string) => {
    await change(next);
    undo.offer(words, () => undo.restore(request));
    await reload(queryKeys.chart(patient), queryKeys.orders(patient));
  };
  const withdrawal = useMutation({
    mutationFn: (index: number) =>
      write(withoutReleaseOf(request, index), t('orders.balance.withdrawn', { number: index + 1 })),
  });
  const level = releasing === undefined ? undefined : read.levels[releasing];
  const isLast = (index: number) => index === read.releasedLevels - 1;
  return (
    <>
      {read.ready && (
        <Alert tone="careful">
          {t('orders.balance.ready', { count: read.wholeSessions, next: read.level + 2, number: read.level + 1 })}
        </Alert>
      )}
      <FailureAlert failure={withdrawal.error} />
      <ol className="balance-ladder">
        {read.levels.map((one, i) => (
          <li key={one.part + (one.side ?? '')}>
            <span>
              {levelWords(one, t)} <span className="small">{`${one.holds} × ${one.hold_s} s`}</span>{' '}
              {i === read.level && <Badge tone="good">{t('orders.balance.now')}</Badge>}{' '}
              {i < read.releasedLevels ? (
                <span className="small">{t('orders.balance.released', { day: day(one.released ?? '') })}</span>
              ) : (
                <Badge tone="plain">{t('orders.balance.notReleased')}</Badge>
              )}
            </span>
            {i === read.releasedLevels && (
              <Button size="compact-sm" variant="default" onClick={() => setReleasing(i)}>
                {t('orders.balance.release.of', { number: i + 1 })}
              </Button>
            )}
            {i > 0 && isLast(i) && (
              <Button
                size="compact-sm"
                variant="default"
                disabled={withdrawal.isPending}
                onClick={() => withdrawal.mutate(i)}
              >
                {t('orders.balance.withdraw.of', { number: i + 1 })}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Sessions read={read} />
      {releasing !== undefined && level && (
        <ReleaseDialog
          number={releasing + 1}
          level={level}
          read={read}
          onClose={() => setReleasing(undefined)}
          onRelease={async (confirmed) => {
            const today = localTime(new Date()).slice(0, 10);
            await write(
              withRelease(request, releasing, today, confirmed),
              t('orders.balance.releasedNow', { number: releasing + 1 }),
            );
            setReleasing(undefined);
          }}
        />
      )}
    </>
  );
}
