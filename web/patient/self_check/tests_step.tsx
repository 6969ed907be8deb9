// SPDX-License-Identifier: Apache-2.0
// Before the movements: which come, which do not and why, and what must be there.
import { Button, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { SelfOutcome } from 'reprise-engine';
import { Page } from '../../components/section.tsx';
import { YesNo } from '../../components/yes_no.tsx';
import { useLanguage } from '../../translations/language.tsx';

interface Props {
  outcome: SelfOutcome;
  /** Undefined: not said yet. */
  support: boolean | undefined;
  onSupport: (inReach: boolean) => void;
  onDone: () => void;
  onLeaveOut: () => void;
}

export function TestsStep({ outcome: { tests, without_test }, support, onSupport, onDone, onLeaveOut }: Props) {
  const { t } = useLanguage();
  const [attempted, setAttempted] = useState(false);
  const needsSupport = support !== undefined || tests.some(({ not_offered }) => not_offered === 'support');
  const offered = tests.filter(({ not_offered }) => not_offered === null);
  const others = tests.filter(
    ({ not_offered }) =>
      not_offered !== null && not_offered !== 'enough' && (support !== undefined || not_offered !== 'support'),
  );
  const said = [
    ...others.map(({ test, name, why }) => ({ key: test, name, why })),
    ...without_test.map(({ region, name, why }) => ({ key: region, name, why })),
  ].filter(({ why }) => why);
  const isOpen = needsSupport && support === undefined;
  return (
    <Page title={t('self.tests')} lead={t('self.tests.what')} narrow>
      {needsSupport && (
        <div className="card">
          <YesNo
            question={t('self.support')}
            value={support}
            missing={attempted && support === undefined}
            onValue={onSupport}
          />
        </div>
      )}
      {offered.length > 0 && (
        <Stack gap="sm" className="card">
          <Title order={2}>{t('self.tests.offered')}</Title>
          <ul>
            {offered.map(({ test, name }) => (
              <li key={test}>{name}</li>
            ))}
          </ul>
          <p>{t('self.tests.how')}</p>
        </Stack>
      )}
      {said.length > 0 && !isOpen && (
        <Stack gap="sm" className="card">
          <Title order={2}>{t('self.tests.not')}</Title>
          <ul>
            {said.map(({ key, name, why }) => (
              <li key={key}>
                {name}: {why}
              </li>
            ))}
          </ul>
        </Stack>
      )}
      <p className="note">{t('self.stays')}</p>
      <div className="actions">
        <Button
          size="lg"
          onClick={() => {
            setAttempted(true);
            if (!isOpen) onDone();
          }}
        >
          {t('goOn')}
        </Button>
        {offered.length > 0 && (
          <Button size="lg" variant="default" onClick={onLeaveOut}>
            {t('self.tests.leaveOut')}
          </Button>
        )}
      </div>
      <p className="note">{t('nobodyWatches')}</p>
    </Page>
  );
}
