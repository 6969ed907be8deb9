// SPDX-License-Identifier: Apache-2.0
// After a test: whether it was whole, its result, or why it does not count.
import { Button, Stack } from '@mantine/core';
import type { MeasuredResult, PhoneTest, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { Hurts, MeasuredNumbers } from '../requests/outcome.tsx';
import { StopReasons } from '../requests/safe_steps.tsx';
import { SendActions } from '../requests/send_actions.tsx';
import { inWords } from './words.ts';
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
        <StopReasons onHurts={onHurts} onUnwell={onUnwell} />
      </Stack>
    </Page>
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
  result: MeasuredResult;
  hurt: boolean;
  simulated: boolean;
  programme: Programme;
  busy: boolean;
  onSend: (share: boolean) => void;
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
      <MeasuredNumbers values={values} />
      <SendActions
        busy={busy}
        onSend={onSend}
        beside={
          !hurt && (
            <Button size="lg" variant="default" disabled={busy} onClick={onRepeat}>
              {t('phone.repeat')}
            </Button>
          )
        }
      />
      <p className="small">{t('phone.private')}</p>
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
