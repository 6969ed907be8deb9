// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Alert } from '../components/alert.tsx';
import { PlainMarkdown } from '../components/plain_markdown.tsx';
import { Page } from '../components/section.tsx';
import { loadReadings, readingsIn, type Reading } from '../data/education.ts';
import { useLanguage } from '../translations/language.tsx';
import { useAccount } from '../data/session.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';

function Text({ reading: { title, lead, body, language, note } }: { reading: Reading }) {
  const { t } = useLanguage();
  return (
    <details className="card">
      <summary>
        <h2>{title}</h2>
        {lead && <p className="small">{lead}</p>}
      </summary>
      <PlainMarkdown text={body} language={language} />
      {note === 'not clinically reviewed' ? (
        <p className="small">{t('learn.notReviewed')}</p>
      ) : (
        note && <p className="small">{note}</p>
      )}
    </details>
  );
}

/** Short texts that the clinic offers. */
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
          return readings.length === 0 ? (
            <p className="none">{t('learn.none')}</p>
          ) : (
            readings.map((reading) => <Text key={reading.url} reading={reading} />)
          );
        }}
      </QueryBoundary>
    </Page>
  );
}
