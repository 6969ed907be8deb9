// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Anchor, Button } from '@mantine/core';
import { AddressQr } from '../components/address_qr.tsx';
import { CopyableText, Qr } from '../components/copyable_text.tsx';
import { Link } from '../components/link.tsx';
import { SignOut } from '../components/sign_out.tsx';
import { Icon } from '../design/icons.tsx';
import { HoldButton } from '../patient/phone_test/hold_button.tsx';
import { useLanguage } from '../translations/language.tsx';
import { ENROLMENT, LONG_TEXT } from './sample.ts';
import { Example, Group } from './example.tsx';

const KINDS = [
  { of: 'Button', props: {} },
  { of: 'Button default', props: { variant: 'default' } },
  { of: 'Button danger', props: { color: 'red.9' } },
] as const;

function States({ of, props }: (typeof KINDS)[number]) {
  const { t } = useLanguage();
  return (
    <>
      <Example of={of} state="at rest">
        <Button {...props}>{t('goOn')}</Button>
      </Example>
      <Example of={of} state="in focus">
        <div className="focus-shown">
          <Button {...props}>{t('goOn')}</Button>
        </div>
      </Example>
      <Example of={of} state="disabled">
        <Button {...props} disabled>
          {t('goOn')}
        </Button>
      </Example>
      <Example of={of} state="busy">
        <Button {...props} loading>
          {t('goOn')}
        </Button>
      </Example>
      <Example of={of} state="with a long text">
        <Button {...props}>{LONG_TEXT}</Button>
      </Example>
    </>
  );
}

export function Buttons() {
  const { t } = useLanguage();
  return (
    <Group id="buttons" title="Buttons and links">
      {KINDS.map((kind) => (
        <States key={kind.of} {...kind} />
      ))}
      <Example of="Button" state="large, with an icon">
        <Button size="lg" leftSection={<Icon name="play" />}>
          {t('today.start')}
        </Button>
      </Example>
      <Example of="ActionIcon" state="at rest">
        <ActionIcon variant="default" size={44} aria-label={t('close')}>
          <Icon name="close" />
        </ActionIcon>
      </Example>
      <Example of="Anchor" state="as a button">
        <Anchor component="button" type="button" className="link">
          {t('code.useApp')}
        </Anchor>
      </Example>
      <Example of="Link" state="at rest">
        <Link href="/components">{t('again')}</Link>
      </Example>
      <Example of="Link" state="in a navigation, the second on screen" wide>
        <nav lang="en" aria-label="Sample" className="gallery-tabs">
          <Link href="/components">{t('nav.today')}</Link>
          <Link href="/components" current>
            {t('nav.progress')}
          </Link>
        </nav>
      </Example>
      <Example of="HoldButton" state="at rest">
        <HoldButton label={t('close')} holding={t('close')} onHeld={() => {}} />
      </Example>
      <Example of="SignOut" state="at rest" still>
        <SignOut />
      </Example>
      <Example of="CopyableText" state="at rest" wide>
        <CopyableText text={ENROLMENT.secret} label={t('copy')} />
      </Example>
      <Example of="AddressQr" state="at rest">
        <AddressQr address="https://clinic.example/" label={t('newPhone.qr', { address: 'https://clinic.example/' })} />
      </Example>
      <Example of="Qr" state="at rest">
        <Qr svg={ENROLMENT.qr} label={t('enrolment.qr')} />
      </Example>
    </Group>
  );
}
