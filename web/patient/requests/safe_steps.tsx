// SPDX-License-Identifier: Apache-2.0
// The screens that tests, walks, endurance sessions and balance sessions share.
import { Button, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Programme, RequestTerms } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { UnsavedWarning } from '../../components/outbox_status.tsx';
import { Page } from '../../components/section.tsx';
import type { Questionnaires } from '../../data/programme.ts';
import type { Failure } from '../../data/api.ts';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { isOfYesAndNo } from '../../fhir/questionnaire/support.ts';
import { useBearing } from '../../exercises/bearing.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Ask, Pain } from '../session/asking.tsx';
import { useConfirmations } from '../session/confirmations.tsx';
import { Halted } from '../session/halted.tsx';
import { StopDialog } from '../session/stop_dialog.tsx';
import { Unwell } from '../session/unwell.tsx';
import type { SafeStep } from './flow.ts';
import { Sent } from './outcome.tsx';

/** Warning signs: all at once before the start; one by one for a patient who feels unwell. */
function WarningSigns({
  on,
  questionnaires,
  programme,
  endurance,
  atLimit,
  onAnswered,
}: {
  on: 'start' | 'stop';
  questionnaires: Questionnaires;
  programme: Programme;
  endurance: boolean;
  atLimit: boolean;
  onAnswered: (values: Values) => void;
}) {
  const flags = questionnaires['red-flags'];
  return on === 'stop' && isOfYesAndNo(flags) ? (
    <Unwell clinic={programme} questionnaire={flags} endurance={endurance} atLimit={atLimit} onAnswered={onAnswered} />
  ) : (
    <Ask key={on} questionnaire={flags} yesEnds onAnswered={onAnswered} />
  );
}

interface Safe {
  flagsAnswered: (values: Values) => void;
  takeBack: (() => void) | undefined;
}

/** The steps in common. `onPainBefore`: the pain now. */
export function SafeStepPage({
  step,
  safe,
  questionnaires,
  programme,
  endurance = false,
  atLimit = false,
  onPainBefore,
}: {
  step: SafeStep;
  safe: Safe;
  questionnaires: Questionnaires;
  programme: Programme;
  endurance?: boolean;
  /** It was stopped at a limit of the clinic's. */
  atLimit?: boolean;
  onPainBefore: (pain: number) => void;
}) {
  const { t } = useLanguage();
  switch (step.kind) {
    case 'flags':
      return (
        <WarningSigns
          on={step.on}
          questionnaires={questionnaires}
          programme={programme}
          endurance={endurance}
          atLimit={atLimit}
          onAnswered={safe.flagsAnswered}
        />
      );
    case 'painBefore':
      return <Pain title={t('pain.before')} lead={t('phone.painBefore')} onSaid={onPainBefore} />;
    case 'sent':
      return <Sent hurt={step.hurt} programme={programme} />;
    case 'halted':
      return (
        <Halted why={step.why} programme={programme} onUndo={step.why === 'redFlag' ? safe.takeBack : undefined} />
      );
    default:
      return null;
  }
}

/** Around a step: why storing failed, a warning where the device keeps nothing, and the question about pain. */
export function StepFrame({
  failure,
  quiet,
  hurting,
  onHurting,
  children,
}: {
  failure: Failure | undefined;
  /** Nothing besides the step. */
  quiet: boolean;
  hurting: boolean;
  onHurting: { close: () => void; said: () => void; rated: (pain: number) => void };
  children: ReactNode;
}) {
  return (
    <>
      {failure && <FailureAlert failure={failure} />}
      {!quiet && <UnsavedWarning />}
      {children}
      {hurting && <StopDialog hurts onClose={onHurting.close} onEnough={onHurting.said} onPain={onHurting.rated} />}
    </>
  );
}

export function StepsList({ lines }: { lines: readonly string[] }) {
  return (
    <ol className="steps-list">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

/** How it goes, and what must be ready for it to be safe. `steps`: the list; `needed`: what the patient confirms. */
export function PreparePage({
  title,
  lead,
  asked,
  programme,
  steps,
  needed,
  stop,
  foot,
  busy,
  onReady,
}: {
  title: string;
  lead: string;
  asked: RequestTerms;
  programme: Programme;
  steps: ReactNode;
  needed: readonly { id: string; label: string }[];
  /** When to stop. */
  stop: string;
  foot?: string;
  busy: boolean;
  onReady: () => void;
}) {
  const { t } = useLanguage();
  const bearing = useBearing()(programme);
  const { check, boxes } = useConfirmations([
    ...needed,
    ...(asked.helper ? [{ id: 'helper', label: t('introduce.helper') }] : []),
  ]);
  return (
    <Page title={title} lead={lead}>
      <div className="card">
        <Title order={2}>{t('introduce.steps')}</Title>
        {steps}
        {asked.instruction && (
          <Alert tone="plain">
            {t('introduce.fromClinic')} {asked.instruction}
          </Alert>
        )}
      </div>
      {bearing && <Alert tone="careful">{bearing}</Alert>}
      <Stack gap="sm" className="card">
        <Title order={2}>{t('phone.safe')}</Title>
        {boxes}
        {asked.supportNote && <p className="small">{asked.supportNote}</p>}
      </Stack>
      <p className="note">{stop}</p>
      <div className="actions">
        <Button size="lg" loading={busy} onClick={() => check() && onReady()}>
          {t('goOn')}
        </Button>
        <NotNow />
      </div>
      <p className="note">{t('nobodyWatches')}</p>
      {foot && <p className="small">{foot}</p>}
    </Page>
  );
}

export function NotNow() {
  const { t } = useLanguage();
  return (
    <Button size="lg" variant="default" onClick={() => go('/today')}>
      {t('phone.notNow')}
    </Button>
  );
}

/** Two reasons for a stop, to be in reach during all that hurts or tires. */
export function StopReasons({ onHurts, onUnwell }: Record<'onHurts' | 'onUnwell', () => void>) {
  const { t } = useLanguage();
  return (
    <>
      <Button size="lg" variant="default" onClick={onHurts}>
        {t('stop.hurts')}
      </Button>
      <Button size="lg" color="red.9" onClick={onUnwell}>
        {t('stop.unwell')}
      </Button>
    </>
  );
}
