// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm, Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Section } from '../../components/section.tsx';
import { ask, type Session } from '../../data/api.ts';
import { apiQuery } from '../../data/api_query.ts';
import { useLanguage } from '../../translations/language.tsx';
import { MOST_PASSKEYS, type Passkey } from '../../data/passkeys/passkey_data.ts';
import { addPasskey, passkeysOnThisPage } from '../../data/passkeys/this_browser.ts';

type Editing = { kind: 'adding' } | { kind: 'renaming' | 'removing'; passkey: Passkey };

/** Asks for the name of a new passkey, or another one of an old. */
function NameDialog({
  title,
  action,
  was = '',
  onName,
  onClose,
}: {
  title: string;
  action: string;
  was?: string;
  onName: (name: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const [name, setName] = useState(was);
  const save = async () => {
    await onName(name.trim());
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Form submit={action} onSubmit={save}>
        {!was && <p>{t('passkeys.add.what')}</p>}
        <Field
          label={t('passkeys.name')}
          description={t('passkeys.name.what')}
          value={name}
          onValue={setName}
          maxLength={40}
          data-autofocus
        />
      </Form>
    </Dialog>
  );
}

function PasskeyRow({ passkey, onEdit }: { passkey: Passkey; onEdit: (editing: Editing) => void }) {
  const { t, moment } = useLanguage();
  const { name, createdAt, usedAt } = passkey;
  return (
    <li className="row">
      <div>
        <strong>{name}</strong>
        <p className="small">
          {usedAt
            ? t('passkeys.used', { made: moment(createdAt), used: moment(usedAt) })
            : t('passkeys.unused', { made: moment(createdAt) })}
        </p>
      </div>
      <div className="actions">
        <Button
          variant="default"
          onClick={() => onEdit({ kind: 'renaming', passkey })}
          aria-label={t('passkeys.rename.of', { name })}
        >
          {t('passkeys.rename')}
        </Button>
        <Button
          variant="default"
          onClick={() => onEdit({ kind: 'removing', passkey })}
          aria-label={t('passkeys.remove.of', { name })}
        >
          {t('passkeys.remove')}
        </Button>
      </div>
    </li>
  );
}

export function PasskeysSection() {
  const { t, language } = useLanguage();
  const query = useQuery(apiQuery<{ passkeys: Passkey[] }>('passkeys'));
  const session = useQuery(apiQuery<Session>('session')).data;
  const [editing, setEditing] = useState<Editing>();
  const close = () => setEditing(undefined);
  const client = useQueryClient();
  // The list of changes to the account names it, too.
  const after = (work: Promise<unknown>) =>
    work.then(() => Promise.all([query.refetch(), client.invalidateQueries(apiQuery('events'))]));
  const here = session && passkeysOnThisPage(session);
  const mayAdd = here === 'ready' && query.data && query.data.passkeys.length < MOST_PASSKEYS;
  return (
    <Section
      title={t('passkeys.title')}
      action={
        mayAdd && (
          <Button variant="default" onClick={() => setEditing({ kind: 'adding' })}>
            {t('passkeys.add')}
          </Button>
        )
      }
    >
      <p className="note">
        {here && here !== 'ready' ? t(`passkeys.${here}`, { address: session.passkeys ?? '' }) : t('passkeys.lead')}
      </p>
      <QueryBoundary query={query}>
        {({ passkeys }) => (
          <>
            {passkeys.length === 0 && here === 'ready' && <p className="none">{t('passkeys.none')}</p>}
            {passkeys.length > 0 && (
              <ul className="rows" aria-live="polite">
                {passkeys.map((passkey) => (
                  <PasskeyRow key={passkey.id} passkey={passkey} onEdit={setEditing} />
                ))}
              </ul>
            )}
          </>
        )}
      </QueryBoundary>
      {editing?.kind === 'adding' && (
        <NameDialog
          title={t('passkeys.add')}
          action={t('passkeys.add.action')}
          onName={(name) => after(addPasskey(name, language))}
          onClose={close}
        />
      )}
      {editing?.kind === 'renaming' && (
        <NameDialog
          title={t('passkeys.rename.of', { name: editing.passkey.name })}
          action={t('passkeys.save')}
          was={editing.passkey.name}
          onName={(name) => after(ask('PATCH', `passkeys/${editing.passkey.id}`, { name }))}
          onClose={close}
        />
      )}
      {editing?.kind === 'removing' && (
        <Confirm
          title={t('passkeys.remove.of', { name: editing.passkey.name })}
          text={t('passkeys.remove.what')}
          action={t('passkeys.remove')}
          onClose={close}
          onConfirm={() => after(ask('DELETE', `passkeys/${editing.passkey.id}`, { language }))}
        />
      )}
    </Section>
  );
}
