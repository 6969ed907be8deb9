// SPDX-License-Identifier: Apache-2.0
import type { Questionnaire } from 'fhir/r4';
import { Button } from '@mantine/core';
import type { Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Numbers } from '../../components/numbers.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useHelping } from '../carers/use_helping.ts';
import type { Halt } from './flow.ts';
import { go } from '../../hooks/route.ts';
import { HoldCard } from './hold_card.tsx';

/** The session has ended for the patient's safety. `onUndo`: only as long as this screen is there. */
export function Halted({
  why,
  programme,
  onUndo,
}: {
  why: Exclude<Halt, 'held'>;
  programme: Programme;
  onUndo?: (() => void) | undefined;
}) {
  const { t } = useLanguage();
  const helping = useHelping();
  return (
    <Page title={t(`halted.${why}`)} narrow>
      <Alert tone={why === 'redFlag' ? 'bad' : 'careful'} role="alert">
        {t(`halted.${why}.what`)}
      </Alert>
      <div className="card">
        <Numbers {...programme} />
      </div>
      <p className="note">{t('nobodyWatches')}</p>
      {onUndo && helping && <p className="note">{t('carers.noUndo')}</p>}
      <div className="actions">
        <Button size="lg" variant="default" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
        {onUndo && !helping && (
          <Button size="lg" variant="default" onClick={onUndo}>
            {t('halted.undo')}
          </Button>
        )}
      </div>
    </Page>
  );
}

/**
 * Shows that all exercises are on hold, by earlier answers or by another device. `onAgain`: asks the record again,
 * where that is needed.
 */
export function ExercisesOnHold({
  programme,
  flags,
  onAgain,
}: {
  programme: Programme;
  flags: Questionnaire;
  onAgain?: () => void;
}) {
  const { t } = useLanguage();
  return (
    <Page title={t('session.title')} narrow>
      <HoldCard programme={programme} flags={flags} onAsk={onAgain} />
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions">
        <Button size="lg" variant="default" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}

/** An exercise has ended because of pain; the others may still be fine. */
export function Hurt({
  programme,
  left,
  onGoOn,
  onEnd,
}: {
  programme: Programme;
  left: number;
  onGoOn: () => void;
  onEnd: () => void;
}) {
  const { t, counted } = useLanguage();
  return (
    <Page title={t('hurt.title')} narrow>
      <Alert tone="careful" role="alert">
        {t('hurt.what')}
      </Alert>
      <div className="card">
        <Numbers {...programme} />
      </div>
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions">
        <Button size="lg" onClick={onEnd}>
          {t('hurt.end')}
        </Button>
        {left > 0 && (
          <Button size="lg" variant="default" onClick={onGoOn}>
            {counted('hurt.goOn', left)}
          </Button>
        )}
      </div>
    </Page>
  );
}

/** Offers the skipped exercises of a session begun in the middle. None starts by itself. */
export function Earlier({ left, onGoOn, onEnd }: { left: number; onGoOn: () => void; onEnd: () => void }) {
  const { t, counted } = useLanguage();
  return (
    <Page title={t('earlier.title')} narrow>
      <p className="lead">{counted('earlier.what', left)}</p>
      <div className="actions">
        <Button size="lg" onClick={onEnd}>
          {t('hurt.end')}
        </Button>
        <Button size="lg" variant="default" onClick={onGoOn}>
          {t('earlier.goOn')}
        </Button>
      </div>
    </Page>
  );
}
