// SPDX-License-Identifier: Apache-2.0
// After a test: whether it was whole, its result, or why it does not count.
import { Button, Stack } from '@mantine/core';
import type { MeasuredNow, PhoneResult, PhoneTest, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Numbers } from '../../components/numbers.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { Page } from '../../components/section.tsx';
import { SENSED } from '../../fhir/sensed.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { amountOf, inWords } from './words.ts';
import type { Void } from './flow.ts';

/** Ended by hand: only the patient knows whether it was done to its end. */
export function Whole({ test, onAnswer }: { test: PhoneTest; onAnswer: (whole: boolean) => void }) {
  const { t } = useLanguage();
  return (
    <Page title={t('phone.whole')} lead={t(`phone.whole.${test}`)} narrow>
      <div className="actions">
        <Button size="xl" fullWidth onClick={() => onAnswer(true)}>
          {t('phone.whole.yes')}
        </Button>
        <Button size="xl" fullWidth variant="default" onClick={() => onAnswer(false)}>
          {t('phone.whole.no')}
        </Button>
      </div>
    </Page>
  );
}

/** Why it was ended early. */
export function WhyStopped({ onEnough, onHurts, onUnwell }: Record<'onEnough' | 'onHurts' | 'onUnwell', () => void>) {
  const { t } = useLanguage();
  return (
    <Page title={t('phone.why')} lead={t('phone.why.what')} narrow>
      <Stack gap="sm">
        <Button size="lg" variant="default" onClick={onEnough}>
          {t('phone.why.enough')}
        </Button>
        <Button size="lg" variant="default" onClick={onHurts}>
          {t('stop.hurts')}
        </Button>
        <Button size="lg" color="red.9" onClick={onUnwell}>
          {t('stop.unwell')}
        </Button>
      </Stack>
    </Page>
  );
}

function Hurts({ programme }: { programme: Programme }) {
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
  const { measure, side } = value;
  const known = SENSED.find((one) => one === measure);
  return (
    <tr>
      <th scope="row">
        {known ? t(`sensed.measure.${known}`) : measure}
        {side && `, ${t(`side.${side}`)}`}
      </th>
      <td>{amountOf(value, language)}</td>
    </tr>
  );
}

/** The numbers, without a judgment: that is the clinic's. */
export function Result({
  test,
  result: { values, warnings },
  hurt,
  simulated,
  programme,
  busy,
  onSend,
  onRepeat,
}: {
  test: PhoneTest;
  result: PhoneResult;
  hurt: boolean;
  simulated: boolean;
  programme: Programme;
  busy: boolean;
  onSend: () => void;
  onRepeat: () => void;
}) {
  const { t, number } = useLanguage();
  const sentences = values
    .filter(({ primary }) => primary)
    .flatMap(({ measure, value, unit }) => inWords(measure, value, unit, t, number) ?? []);
  return (
    <Page title={t('phone.result')} lead={t(`phone.test.${test}`)} narrow>
      {hurt && <Hurts programme={programme} />}
      {simulated && <Alert tone="plain">{t('phone.simulated')}</Alert>}
      <div className="card phone-result">
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {sentences.length === 0 && <p>{t('phone.result.measured')}</p>}
      </div>
      {warnings.length > 0 && <Alert tone="careful">{t('phone.result.unsure')}</Alert>}
      <p className="note">{t('phone.result.what')}</p>
      <details>
        <summary>{t('phone.result.numbers')}</summary>
        <table className="table">
          <tbody>
            {values.map((value) => (
              <Value key={`${value.measure} ${value.side ?? ''}`} value={value} />
            ))}
          </tbody>
        </table>
      </details>
      <div className="actions">
        <Button size="xl" fullWidth loading={busy} onClick={onSend}>
          {t('phone.send')}
        </Button>
        {!hurt && (
          <Button size="lg" variant="default" disabled={busy} onClick={onRepeat}>
            {t('phone.repeat')}
          </Button>
        )}
        <Button size="lg" variant="default" disabled={busy} onClick={() => go('/today')}>
          {t('phone.discard')}
        </Button>
      </div>
      <p className="small">{t('phone.private')}</p>
    </Page>
  );
}

export function Sent({ hurt, programme }: { hurt: boolean; programme: Programme }) {
  const { t } = useLanguage();
  return (
    <Page title={t('phone.sent')} lead={t('phone.sent.what')} narrow>
      {hurt && <Hurts programme={programme} />}
      <OutboxStatus />
      <div className="actions">
        <Button size="lg" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}

/** Why the test does not count, and what to change. Nothing of it was sent. */
export function Voided({
  why,
  hurt,
  programme,
  onRepeat,
}: {
  why: Void;
  hurt: boolean;
  programme: Programme;
  onRepeat: () => void;
}) {
  const { t } = useLanguage();
  return (
    <Page title={t('phone.voided')} narrow>
      {hurt && <Hurts programme={programme} />}
      <Alert tone="careful" role="alert">
        {t(`phone.voided.${why}`)}
      </Alert>
      <p className="note">{t('phone.voided.what')}</p>
      <div className="actions">
        {!hurt && (
          <Button size="xl" fullWidth onClick={onRepeat}>
            {t('phone.repeat')}
          </Button>
        )}
        <Button size="lg" variant="default" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}
