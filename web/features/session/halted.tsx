import { Button } from '@mantine/core';
import type { Programme } from 'reprise-engine';
import { Notice } from '../../parts/mark.tsx';
import { Numbers } from '../../parts/numbers.tsx';
import { Page } from '../../parts/section.tsx';
import { useLanguage } from '../../source/language.tsx';
import type { Halt } from './flow.ts';
import { go } from '../../source/route.ts';

/** The session has ended for the patient's safety. */
export function Halted({ why, programme }: { why: Halt; programme: Programme }) {
  const { t } = useLanguage();
  return (
    <Page title={t(`halted.${why}`)} narrow>
      <Notice tone={why === 'redFlag' ? 'bad' : 'careful'} role="alert">{t(`halted.${why}.what`)}</Notice>
      <div className="card"><Numbers {...programme} /></div>
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions"><Button size="lg" variant="default" onClick={() => go('/today')}>{t('session.toToday')}</Button></div>
    </Page>
  );
}

/** An exercise has ended because of pain; the others may still be fine. */
export function Hurt({ programme, left, onGoOn, onEnd }: { programme: Programme; left: number; onGoOn: () => void; onEnd: () => void }) {
  const { t, counted } = useLanguage();
  return (
    <Page title={t('hurt.title')} narrow>
      <Notice tone="careful" role="alert">{t('hurt.what')}</Notice>
      <div className="card"><Numbers {...programme} /></div>
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions">
        <Button size="lg" onClick={onEnd}>{t('hurt.end')}</Button>
        {left > 0 && <Button size="lg" variant="default" onClick={onGoOn}>{counted('hurt.goOn', left)}</Button>}
      </div>
    </Page>
  );
}
