import type { Resource } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useAct } from '../../hooks/act.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { searchAll } from '../../data/fhir_search.ts';
import { fhirRead } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { change } from '../../data/write.ts';

interface Offer {
  words: string;
  undo: () => Promise<void>;
}

/** A change that can be taken back, until the next one. */
export function useUndo(reload: () => Promise<unknown>) {
  const [offered, setOffered] = useState<Offer>();
  const undo = useMemo(
    () => ({
      offer: (words: string, work: () => Promise<void>) => setOffered({ words, undo: work }),
      /** As it was, on top of what it is now. */
      async restore(before: Resource) {
        const { meta } = JSON.parse(await fhirRead(`${before.resourceType}/${before.id ?? ''}`)) as Resource;
        await change({ ...before, meta: { ...before.meta, ...meta } });
      },
      /** Something that was made by mistake: it stays in the record, and says so. */
      async takeBack(type: string, uuid: string, mistaken: object) {
        const [made] = await searchAll<Resource>(type, `?identifier=urn:ietf:rfc:3986%7Curn:uuid:${uuid}`);
        if (made) await change({ ...made, ...mistaken });
      },
    }),
    [],
  );
  return { undo, offered, clear: () => setOffered(undefined), reload };
}
export type Undo = ReturnType<typeof useUndo>['undo'];

export function UndoNotice({ offered, clear, reload }: Omit<ReturnType<typeof useUndo>, 'undo'>) {
  const { t } = useLanguage();
  const { busy, failure, act } = useAct();
  return (
    <div role="status">
      {offered && (
        <div className="notice undo" data-tone="good">
          <span>{offered.words}</span>
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            onClick={() => {
              void act(async () => {
                await offered.undo();
                await reload();
                clear();
              });
            }}
          >
            {t('chart.undo')}
          </Button>
          <FailureAlert failure={failure} />
        </div>
      )}
    </div>
  );
}
