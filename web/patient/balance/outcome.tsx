// SPDX-License-Identifier: Apache-2.0
import type { BalanceRequest, Programme } from 'reprise-engine';
import { levelWords } from '../../clinical/chart/balance_words.ts';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { Hurts, MeasuredNumbers } from '../requests/outcome.tsx';
import type { Measured } from '../requests/results.ts';
import { SendActions } from '../requests/send_actions.tsx';
import type { Kept } from './session_store.ts';

/** How each level went, without a judgment: that is the clinic's. */
export function Result({
  asked,
  kept,
  measured: {
    result: { values },
    simulated,
  },
  hurt,
  programme,
  busy,
  onSend,
  onDiscard,
}: {
  asked: BalanceRequest;
  kept: Kept;
  measured: Measured;
  hurt: boolean;
  programme: Programme;
  busy: boolean;
  onSend: () => void;
  onDiscard: () => void;
}) {
  const { t } = useLanguage();
  const levels = asked.levels
    .map((level) => {
      const holds = kept.holds.filter(({ part, side }) => part === level.part && side === level.side);
      return { level, count: holds.length, whole: holds.filter(({ outcome }) => outcome === 'whole').length };
    })
    .filter(({ count }) => count > 0)
    .reverse();
  const isFirst = levels.at(-1)?.level === asked.levels[0];
  const needed = levels.some(({ count, whole }) => whole < count);
  return (
    <Page title={t('balance.result')} lead={t('balance.name')} narrow>
      {hurt && <Hurts programme={programme} />}
      {simulated && <Alert tone="plain">{t('balance.simulated')}</Alert>}
      <div className="card phone-result">
        {levels.map(({ level, count, whole }) => (
          <p key={level.part + (level.side ?? '')}>
            {t('balance.result.level', { what: levelWords(level, t), count, whole })}
          </p>
        ))}
      </div>
      <p className="note">
        {t(needed ? (isFirst ? 'balance.result.first' : 'balance.result.eased') : 'balance.result.whole')}
      </p>
      <MeasuredNumbers values={values} />
      <SendActions busy={busy} hasCurves={false} onSend={onSend} onDiscard={onDiscard} />
    </Page>
  );
}
