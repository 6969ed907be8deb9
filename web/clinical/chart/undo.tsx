// SPDX-License-Identifier: Apache-2.0
import type { Resource } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useMutation, type QueryKey } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { searchAll } from '../../data/fhir_search.ts';
import { useLanguage } from '../../translations/language.tsx';
import { reload } from '../../data/query_client.ts';
import { change, restore } from '../../data/write.ts';

interface Offer {
  words: string;
  undo: () => Promise<void>;
}

/** Offers to undo the last change, until the next one. `changed`: the keys of the data that it changes. */
export function useUndo(...changed: readonly QueryKey[]) {
  const [offered, setOffered] = useState<Offer>();
  const undo = useMemo(
    () => ({
      offer: (words: string, work: () => Promise<void>) => setOffered({ words, undo: work }),
      restore,
      /** Marks a resource as made by mistake: it stays in the record. */
      async takeBack(type: string, uuid: string, mistaken: object) {
        const [made] = await searchAll<Resource>(type, `?identifier=urn:ietf:rfc:3986%7Curn:uuid:${uuid}`);
        if (made) await change({ ...made, ...mistaken });
      },
    }),
    [],
  );
  return { undo, offered, clear: () => setOffered(undefined), changed };
}
export type Undo = ReturnType<typeof useUndo>['undo'];

export function UndoNotice({ offered, clear, changed }: Omit<ReturnType<typeof useUndo>, 'undo'>) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (offer: Offer) => offer.undo(),
    onSuccess: async () => {
      await reload(...changed);
      clear();
    },
  });
  return (
    <div role="status">
      {offered && (
        <div className="notice undo" data-tone="good">
          <span>{offered.words}</span>
          <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate(offered)}>
            {t('chart.undo')}
          </Button>
          <FailureAlert failure={error} />
        </div>
      )}
    </div>
  );
}
