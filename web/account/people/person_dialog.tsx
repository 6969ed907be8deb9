// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useRetryWait } from '../../hooks/use_retry_wait.ts';
import { Confirm, Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Field, Form } from '../../components/form.tsx';
import { Alert } from '../../components/alert.tsx';
import { ask, type Account, type FirstRequest, type InvitationLink } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { isMail } from './new_account_dialog.tsx';
import { ShownInvitation } from './shown_invitation.tsx';
import { State } from './state.tsx';
import { Teams } from './teams.tsx';

function Mail({ account, onChanged }: { account: Account; onChanged: (account: Account) => void }) {
  const { t } = useLanguage();
  const [mail, setMail] = useState<string>();
  if (mail === undefined) {
    return (
      <>
        {account.mail || t('person.noMail')}{' '}
        <Button variant="subtle" size="compact-sm" onClick={() => setMail(account.mail ?? '')}>
          {t('person.mail.change')}
        </Button>
      </>
    );
  }
  const change = async () => {
    onChanged({ ...account, ...(await ask<Account>('PATCH', `accounts/${account.id}`, { mail: mail.trim() })) });
    setMail(undefined);
  };
  return (
    <Form
      submit={t('save')}
      onSubmit={change}
      beside={
        <Button variant="default" size="md" onClick={() => setMail(undefined)}>
          {t('cancel')}
        </Button>
      }
    >
      <Field
        label={t('person.mail')}
        value={mail}
        onValue={setMail}
        optional
        type="email"
        inputMode="email"
        autoFocus
        problem={mail.trim() === '' || isMail(mail.trim()) ? undefined : t('person.mail.problem')}
      />
    </Form>
  );
}

const WAITING = {
  link: ['invite.asked', 'invite.asked.own'],
  factor: ['factor.remove.asked', 'factor.remove.asked.own'],
} as const;

/** Says that a request waits for a second person. */
function SecondPerson({
  asked,
  own,
  words,
}: {
  asked: FirstRequest | undefined;
  own: string;
  words: keyof typeof WAITING;
}) {
  const { t, moment } = useLanguage();
  if (!asked) return null;
  return (
    <Alert tone="careful">
      {t(WAITING[words][asked.by === own ? 1 : 0], { name: asked.name, at: moment(asked.at) })}
    </Alert>
  );
}

type Asking = 'disable' | 'factor';

/** Shows an account and changes it: invitation, second factor, mail, disabled or not. */
export function PersonDialog({
  account,
  onClose,
  onChanged,
}: {
  account: Account;
  onClose: () => void;
  onChanged: (account: Account) => void;
}) {
  const { t, moment } = useLanguage();
  const own = useAccount().account;
  const [invitation, setInvitation] = useState<InvitationLink>();
  const [asking, setAsking] = useState<Asking>();
  const [removalUntil, setRemovalUntil] = useState<string>();
  const administrator = own.role === 'administrator';
  const other = own.id !== account.id;
  const at = `accounts/${account.id}`;

  const invite = async () => {
    const made = await ask<InvitationLink>('POST', `${at}/invitation`, {});
    setInvitation(made);
    const { invitationAsked: _over, ...others } = account;
    if (!made.waiting) onChanged({ ...others, invitedUntil: made.endsAt });
  };
  const revoke = async () => {
    await ask('DELETE', `${at}/invitation`);
    const { invitedUntil: _ended, ...others } = account;
    onChanged(others);
  };
  const setDisabled = async (disabled: boolean) => {
    onChanged(await ask<Account>('PATCH', at, { disabled }));
    if (disabled) setInvitation(undefined);
  };
  const removeFactor = async () => {
    const waits = await ask<{ waiting?: boolean; endsAt: string } | undefined>('DELETE', `${at}/second-factor`);
    if (waits) return setRemovalUntil(waits.endsAt);
    const { removalAsked: _over, ...others } = account;
    onChanged({ ...others, hasSecondFactor: false });
  };

  const { mutate, isPending, error } = useMutation({
    mutationFn: (action: 'invite' | 'revoke' | 'enable') =>
      ({ invite, revoke, enable: () => setDisabled(false) })[action](),
  });
  const isWaiting = useRetryWait(error) > 0;

  if (asking) {
    const values = { name: account.name };
    return asking === 'disable' ? (
      <Confirm
        title={t('disable.title', values)}
        text={t('disable.what')}
        action={t('disable.action')}
        onClose={() => setAsking(undefined)}
        onConfirm={() => setDisabled(true)}
      />
    ) : (
      <Confirm
        title={t('factor.remove.title', values)}
        text={t('factor.remove.what')}
        action={t('factor.remove')}
        onClose={() => setAsking(undefined)}
        onConfirm={removeFactor}
      />
    );
  }
  return (
    <Dialog title={account.name} onClose={onClose}>
      <Stack gap="md">
        <dl className="facts">
          <dt>{t('account.role')}</dt>
          <dd>
            {t(`role.${account.role}`)} <State account={account} />
          </dd>
          {account.person && (
            <>
              <dt>{t(account.role === 'patient' ? 'person.patientId' : 'person.practitionerId')}</dt>
              <dd>
                <code>{account.person}</code>
              </dd>
            </>
          )}
          <dt>{t('person.mail')}</dt>
          <dd>
            <Mail account={account} onChanged={onChanged} />
          </dd>
          <dt>{t('person.since')}</dt>
          <dd>{moment(account.createdAt)}</dd>
          {administrator && account.person && account.role !== 'administrator' && (
            <Teams role={account.role} person={account.person} />
          )}
        </dl>
        {!invitation && account.invitedUntil && (
          <div className="actions">
            <span className="small">{t('invite.open', { end: moment(account.invitedUntil) })}</span>
            <Button variant="default" size="compact-sm" loading={isPending} onClick={() => mutate('revoke')}>
              {t('invite.revoke')}
            </Button>
          </div>
        )}
        {invitation && <ShownInvitation invitation={invitation} />}
        {removalUntil && (
          <Alert tone="careful" role="status">
            {t('factor.remove.waiting', { end: moment(removalUntil) })}
          </Alert>
        )}
        {!invitation && <SecondPerson asked={account.invitationAsked} own={own.id} words="link" />}
        {!removalUntil && <SecondPerson asked={account.removalAsked} own={own.id} words="factor" />}
        <FailureAlert failure={error} />
        {!invitation && !account.disabled && (
          <p className="note">{t(account.hasPassword ? 'invite.again.what' : 'invite.what')}</p>
        )}
        <div className="actions">
          {own.role === 'clinician' && account.role === 'patient' && account.person && (
            <Button component="a" href={`/patient?id=${account.person}`} variant="default">
              {t('chart.open')}
            </Button>
          )}
          {!invitation && !account.disabled && (
            <Button loading={isPending} disabled={isWaiting} onClick={() => mutate('invite')}>
              {t(account.hasPassword ? 'invite.again' : 'invite')}
            </Button>
          )}
          {administrator && account.hasSecondFactor && other && (
            <Button variant="default" onClick={() => setAsking('factor')}>
              {t('factor.remove')}
            </Button>
          )}
          {other &&
            (account.disabled ? (
              administrator && (
                <Button onClick={() => mutate('enable')} loading={isPending}>
                  {t('enable.action')}
                </Button>
              )
            ) : (
              <Button variant="default" onClick={() => setAsking('disable')}>
                {t('disable.action')}
              </Button>
            ))}
        </div>
      </Stack>
    </Dialog>
  );
}
