// SPDX-License-Identifier: Apache-2.0
// What to do, why, and what the movements showed; to be printed or saved.
import { Button, Stack, Title } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import type { SelfLevel, SelfOutcome } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Numbers } from '../../components/numbers.tsx';
import { Printing } from '../../components/printing.tsx';
import { Page } from '../../components/section.tsx';
import type { Clinic } from '../../fhir/clinic.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useHelping } from '../carers/use_helping.ts';

const TONES: Record<SelfLevel, 'bad' | 'careful' | 'plain'> = {
  get_help_now: 'bad',
  see_someone_first: 'careful',
  worth_showing: 'plain',
  no_haste: 'plain',
};

interface Props {
  outcome: SelfOutcome;
  clinic: Clinic;
  simulated: boolean;
  /** Where the answers are: nowhere, or on the way to the clinic. Undefined: storing them failed. */
  kept: ReactNode;
  onUndo: (() => void) | undefined;
  onEnd: { text: string; go: () => void };
}

/** Each kind of reason once; the strongest advice itself names a warning sign. */
const reasonsIn = ({ level, reasons }: SelfOutcome) => [
  ...new Set(reasons.filter(({ kind }) => kind !== 'red_flag' || level !== 'get_help_now').map(({ text }) => text)),
];

export function OutcomeStep({ outcome, clinic, simulated, kept, onUndo, onEnd }: Props) {
  const { t, day } = useLanguage();
  const helping = useHelping();
  const paper = useRef<HTMLDivElement>(null);
  const { level, title, what, steps, findings, notes } = outcome;
  const isWarning = level === 'get_help_now' || level === 'see_someone_first';
  const reasons = reasonsIn(outcome);
  const today = day(new Date().toISOString().slice(0, 10));
  return (
    <Page title={title ?? t('self.title')} narrow>
      <div ref={paper} className="self-outcome">
        {simulated && <Alert tone="plain">{t('simulated')}</Alert>}
        <Alert tone={level ? TONES[level] : 'careful'} role={isWarning ? 'alert' : 'status'}>
          {what}
        </Alert>
        <ul className="steps-list">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        {isWarning && (
          <div className="card">
            <Numbers {...clinic} />
          </div>
        )}
        {reasons.length > 0 && (
          <Stack gap="xs" className="card">
            <Title order={2}>{t('self.why')}</Title>
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Stack>
        )}
        {findings.length > 0 && (
          <Stack gap="sm" className="card">
            <Title order={2}>{t('self.found')}</Title>
            {findings.map(({ test, name, lines }) => (
              <div key={test}>
                <strong>{name}</strong>
                {lines.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </div>
            ))}
            {findings.some(({ values }) => values.some(({ degrees }) => degrees !== null)) && (
              <p className="small">{t('self.found.error')}</p>
            )}
          </Stack>
        )}
        {!isWarning && (
          <div className="card">
            <Numbers {...clinic} />
          </div>
        )}
        {notes.map((note) => (
          <p key={note} className="note">
            {note}
          </p>
        ))}
        <p className="small">
          {t('self.title')}, {today}
        </p>
      </div>
      {kept && <p className="note">{kept}</p>}
      {onUndo && !helping && (
        <div className="actions">
          <Button size="lg" variant="default" onClick={onUndo}>
            {t('halted.undo')}
          </Button>
        </div>
      )}
      <Printing
        paper={paper}
        file="self-check"
        title={t('self.title')}
        owner={today}
        beside={
          <Button variant="default" onClick={onEnd.go}>
            {onEnd.text}
          </Button>
        }
      />
    </Page>
  );
}
