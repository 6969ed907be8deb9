// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Alert } from '../../components/alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Page } from '../../components/section.tsx';
import { loadReadings, readingsIn, type Reading } from '../../data/education.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Piece } from './piece.tsx';
import './learn.css';
import { useMarks } from './use_marks.ts';

/** In the order of the page. A clinic's own texts without a theme stand first. */
const THEMES = ['clinic', 'pain', 'pacing', 'moving', 'calm', 'sleep', 'everyday', 'app'] as const;

const themeOf = ({ theme }: Reading) => THEMES.find((one) => one === theme) ?? 'clinic';

function Themes({ readings }: { readings: readonly Reading[] }) {
  const { t } = useLanguage();
  const { marks, onRead } = useMarks();
  const isRead = ({ url }: Reading) => marks?.read.includes(url) ?? false;
  return (
    <>
      <p className="note">{t('learn.count', { read: readings.filter(isRead).length, of: readings.length })}</p>
      {THEMES.map((theme) => {
        const own = readings.filter((reading) => themeOf(reading) === theme);
        if (own.length === 0) return null;
        return (
          <section key={theme} className="theme" aria-labelledby={`theme-${theme}`}>
            <h2 id={`theme-${theme}`}>{t(`learn.theme.${theme}`)}</h2>
            {own.map((reading) => (
              <Piece key={reading.url} reading={reading} read={isRead(reading)} onRead={onRead} heading="h3" />
            ))}
          </section>
        );
      })}
    </>
  );
}

/** Short texts that the clinic offers, by theme, with a tick on those that were read. */
export function LearnPage() {
  const { t, language, moment } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const query = useQuery({ queryKey: queryKeys.readings(id), queryFn: () => loadReadings(id) });
  return (
    <Page title={t('learn.title')} lead={t('learn.lead')}>
      {query.data?.failure && (
        <Alert tone="careful" role="status">
          {t('messages.kept', { when: moment(query.data.at) })}
        </Alert>
      )}
      <QueryBoundary query={query}>
        {({ value }) => {
          const readings = readingsIn(value, language);
          return readings.length === 0 ? <p className="none">{t('learn.none')}</p> : <Themes readings={readings} />;
        }}
      </QueryBoundary>
    </Page>
  );
}
