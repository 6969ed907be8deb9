// SPDX-License-Identifier: Apache-2.0
import type { CarePlan } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Reprise } from 'reprise-engine';
import { Dialog } from '../../components/dialog.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { CatalogFile } from './catalog.ts';
import type { Draft } from './draft.ts';
import { loadVersions } from './load.ts';
import { versionsOf } from './versions.ts';
import type { BuilderWords } from './words.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

interface Props {
  reprise: Reprise;
  plan: CarePlan;
  files: ReadonlyMap<string, CatalogFile>;
  words: BuilderWords;
  onBack: (draft: Draft) => void;
  onClose: () => void;
}

/** Who changed what, and when; any of it can be taken as a new beginning. */
export function Versions({ reprise, plan, files, words, onBack, onClose }: Props) {
  const { t, moment } = useLanguage();
  const query = useQuery({
    queryKey: queryKeys.programmeVersions(`${plan.id ?? ''}/${plan.meta?.versionId ?? ''}`),
    queryFn: async () => {
      const { plans, requests, people } = await loadVersions(plan);
      return { versions: versionsOf(reprise, plans, requests, files), people };
    },
  });
  return (
    <Dialog title={t('plan.versions')} onClose={onClose}>
      <QueryBoundary query={query}>
        {({ versions, people }) => (
          <ol className="plan-versions">
            {versions.map(({ at, author, draft, changes }, i) => (
              <li key={at}>
                <p>
                  <strong>{moment(at)}</strong>{' '}
                  <span className="small">{(author && people.get(author)) || t('plan.author.unknown')}</span>
                </p>
                {changes.length === 0 ? (
                  <p className="small">
                    {t(i === versions.length - 1 ? 'plan.version.first' : 'plan.version.same', {
                      count: draft.items.length,
                    })}
                  </p>
                ) : (
                  <ul className="plain small">
                    {changes.map((one) => (
                      <li key={JSON.stringify(one)}>{words.change(one)}</li>
                    ))}
                  </ul>
                )}
                {i > 0 && (
                  <Button size="compact-sm" variant="default" onClick={() => onBack(draft)}>
                    {t('plan.version.back')}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        )}
      </QueryBoundary>
    </Dialog>
  );
}
