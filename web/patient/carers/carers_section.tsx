// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CarerRows } from '../../components/carer_rows.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Section } from '../../components/section.tsx';
import { inviteCarerAgain, loadCarers, type CarerLink, type ListedCarer } from '../../data/carers.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { useLanguage } from '../../translations/language.tsx';
import { LetInDialog, ShownLink } from './let_in_dialog.tsx';

/** A new link, where the first is lost or the carer forgot the password. */
function Again({ carer, onShown }: { carer: ListedCarer; onShown: (name: string, link: CarerLink) => void }) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => inviteCarerAgain(carer.id),
    onSuccess: (link) => onShown(carer.name, link),
  });
  return (
    <>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {t('carers.again')}
        <span className="hidden"> {carer.name}</span>
      </Button>
      <FailureAlert failure={error} />
    </>
  );
}

/** Lets the patient see, let in and end carers. */
export function CarersSection() {
  const { t } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const client = useQueryClient();
  const queryKey = queryKeys.carers(person);
  const query = useQuery({ queryKey, queryFn: () => loadCarers(person) });
  const [adding, setAdding] = useState(false);
  const [link, setLink] = useState<{ name: string; shown: CarerLink }>();
  const reload = () => client.invalidateQueries({ queryKey });
  return (
    <Section title={t('carers.title')}>
      <Stack gap="md">
        <p className="note">{t('carers.lead')}</p>
        <QueryBoundary query={query} keepsData>
          {(carers) =>
            carers.length === 0 ? (
              <p className="none">{t('carers.none')}</p>
            ) : (
              <CarerRows
                carers={carers}
                endWords={(name) => t('carers.endWhat', { name })}
                beside={(carer) => <Again carer={carer} onShown={(name, shown) => setLink({ name, shown })} />}
                onEnded={reload}
              />
            )
          }
        </QueryBoundary>
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('carers.letIn')}
        </Button>
      </Stack>
      {adding && <LetInDialog onClose={() => setAdding(false)} onMade={() => void reload()} />}
      {link && (
        <Dialog title={t('carers.linkFor', { name: link.name })} onClose={() => setLink(undefined)}>
          <ShownLink name={link.name} shown={link.shown} />
        </Dialog>
      )}
    </Section>
  );
}
