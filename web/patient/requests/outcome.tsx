// SPDX-License-Identifier: Apache-2.0
// What the ends of tests and sessions have in common.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MeasuredNow, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Numbers } from '../../components/numbers.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { Page } from '../../components/section.tsx';
import { sensedMeasure, sensedPart } from '../../clinical/chart/sensed_words.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { amountOf } from '../../clinical/chart/measured_amount.ts';
import type { Measured } from './results.ts';
import { SendActions } from './send_actions.tsx';

/** What to do after pain past the limit. */
export function Hurts({ programme }: { programme: Programme }) {
  const { t } = useLanguage();
  return (
    <>
      <Alert tone="careful" role="alert">
        {t('hurt.what')}
      </Alert>
      <div className="card">
        <Numbers {...programme} />
      </div>
    </>
  );
}

function Value({ value }: { value: MeasuredNow }) {
  const { t, language } = useLanguage();
  const { measure, part, side } = value;
  return (
    <tr>
      <th scope="row">
        {[sensedMeasure(measure, t), sensedPart(part ?? undefined, t), side && t(`side.${side}`)]
          .filter(Boolean)
          .join(', ')}
      </th>
      <td>{amountOf(value, language)}</td>
    </tr>
  );
}

/** All values, folded. */
export function MeasuredNumbers({ values }: { values: readonly MeasuredNow[] }) {
  const { t } = useLanguage();
  return (
    <details>
      <summary>{t('phone.result.numbers')}</summary>
      <table className="table">
        <tbody>
          {values.map((value) => (
            <Value key={`${value.measure} ${value.part ?? ''} ${value.side ?? ''}`} value={value} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

/**
 * The numbers, without a judgment: that is the clinic's. `children`: the first of them, in words; `more`: what may be
 * added to them.
 */
export function ResultPage({
  title,
  lead,
  measured: {
    result: { values },
    simulated,
  },
  hurt,
  notice,
  foot,
  programme,
  busy,
  isSent = false,
  onSend,
  onDiscard,
  children,
  more,
}: {
  title: string;
  lead: string;
  measured: Measured;
  hurt: boolean;
  notice?: string | undefined;
  foot: string;
  programme: Programme;
  busy: boolean;
  /** As of SendActions. */
  isSent?: boolean;
  onSend: (share: boolean) => void;
  onDiscard?: () => void;
  children: ReactNode;
  more?: ReactNode;
}) {
  const { t } = useLanguage();
  return (
    <Page title={title} lead={lead} narrow>
      {hurt && <Hurts programme={programme} />}
      {notice && <Alert tone="careful">{notice}</Alert>}
      {simulated && <Alert tone="plain">{t('endurance.simulated')}</Alert>}
      <div className="card phone-result">{children}</div>
      {more}
      <p className="note">{t('phone.result.what')}</p>
      <MeasuredNumbers values={values} />
      <SendActions busy={busy} isSent={isSent} onSend={onSend} {...(onDiscard && { onDiscard })} />
      <p className="small">{foot}</p>
    </Page>
  );
}

/** `title`, `lead`: where there was nothing to send. */
export function Sent({
  hurt,
  programme,
  title,
  lead,
}: {
  hurt: boolean;
  programme: Programme;
  title?: string;
  lead?: string;
}) {
  const { t } = useLanguage();
  return (
    <Page title={title ?? t('phone.sent')} lead={lead ?? t('phone.sent.what')} narrow>
      {hurt && <Hurts programme={programme} />}
      {title === undefined && <OutboxStatus />}
      <div className="actions">
        <Button size="lg" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}
