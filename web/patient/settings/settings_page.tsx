// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, Stack, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { LanguageChoice, LanguageNotice, ThemeChoice } from '../../components/appearance.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { Alert } from '../../components/alert.tsx';
import { Page, Section } from '../../components/section.tsx';
import { SessionsSection } from '../../components/sessions_section.tsx';
import { SignOut } from '../../components/sign_out.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { useOutbox } from '../../data/outbox.ts';
import { deleteFromDevice } from '../../data/device.ts';
import { useLanguage } from '../../translations/language.tsx';
import { AskToErase } from '../messages/ask_to_erase.tsx';
import { go } from '../../hooks/route.ts';
import { prefer, TEXT_SIZES, usePreferences, type Preferences } from '../../data/preferences.ts';
import { VisitConsent } from '../../clinical/visit/consent_setting.tsx';
import { DownloadRecord } from './download/download_record.tsx';
import { PhotoConsent } from './photo_consent.tsx';
import { PaperSection } from './paper_section.tsx';
import { CoachSetting } from './coach_setting.tsx';
import { CarersSection } from '../carers/carers_section.tsx';
import { PatientsAlone } from '../carers/helping_line.tsx';
import { useHelping } from '../carers/use_helping.ts';
import { RemindersSection } from '../reminders/section.tsx';
import { Sharing } from './sharing.tsx';
import { WhoLooked } from './who_looked.tsx';

/** Cameras have names only once one of them was allowed. */
function useCameras() {
  const [cameras, setCameras] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const look = () =>
      navigator.mediaDevices?.enumerateDevices().then(
        (all) => setCameras(all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')),
        () => {},
      );
    void look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look);
  }, []);
  return cameras;
}

function OnThisDevice() {
  const { t } = useLanguage();
  const { waiting } = useOutbox();
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<'device.done' | 'device.doneButHold'>();
  return (
    <Section title={t('device.title')}>
      <Stack gap="md">
        <p className="note">{t('device.lead')}</p>
        <OutboxStatus quiet />
        <div role="status">{done && <Alert tone={done === 'device.done' ? 'good' : 'careful'}>{t(done)}</Alert>}</div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('device.delete')}
        </Button>
      </Stack>
      {asking && (
        <Confirm
          title={t('device.ask')}
          text={t(waiting.length > 0 ? 'device.askUnsent' : 'device.askWhat')}
          action={t('device.delete')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            setDone((await deleteFromDevice()) ? 'device.doneButHold' : 'device.done');
          }}
        />
      )}
    </Section>
  );
}

function ToAccount() {
  const { t } = useLanguage();
  return (
    <Section title={t('nav.account')}>
      <p className="note">{t('settings.account')}</p>
      <div className="actions">
        <Button variant="default" onClick={() => go('/account')}>
          {t('settings.toAccount')}
        </Button>
        <Button variant="default" onClick={() => go('/new-phone')}>
          {t('newPhone.title')}
        </Button>
        <SignOut />
      </div>
    </Section>
  );
}

export function SettingsPage() {
  const { t } = useLanguage();
  const now = usePreferences();
  const cameras = useCameras();
  const helping = useHelping();
  return (
    <Page title={t('settings.title')}>
      <ToAccount />
      <Section title={t('settings.look')}>
        <Stack gap="md" align="start">
          <LanguageChoice titled />
          <LanguageNotice />
          <ThemeChoice titled />
        </Stack>
      </Section>
      <Section title={t('settings.exercising')}>
        <Stack gap="md">
          <CoachSetting />
          <NativeSelect
            label={t('settings.coach')}
            description={t('settings.coachWhat')}
            value={now.coach}
            data={(['auto', 'lite', 'full'] as const).map((value) => ({ value, label: t(`settings.coach.${value}`) }))}
            onChange={(event) => prefer({ coach: event.currentTarget.value as Preferences['coach'] })}
          />
          <NativeSelect
            label={t('settings.camera')}
            description={cameras.length === 0 ? t('settings.cameraUnknown') : undefined}
            value={now.camera}
            data={[
              { value: '', label: t('settings.cameraAny') },
              ...cameras.map(({ deviceId, label }, i) => ({
                value: deviceId,
                label: label || t('settings.cameraNumber', { number: i + 1 }),
              })),
            ]}
            onChange={(event) => prefer({ camera: event.currentTarget.value })}
          />
        </Stack>
      </Section>
      <Section title={t('settings.reading')}>
        <Stack gap="md">
          <NativeSelect
            label={t('settings.textSize')}
            value={String(now.textSize)}
            data={TEXT_SIZES.map((size) => ({ value: String(size), label: `${size} %` }))}
            onChange={(event) => prefer({ textSize: Number(event.currentTarget.value) as Preferences['textSize'] })}
          />
          <Switch
            size="md"
            label={t('settings.lessMotion')}
            description={t('settings.lessMotionWhat')}
            checked={now.lessMotion}
            onChange={(event) => prefer({ lessMotion: event.currentTarget.checked })}
          />
          <Switch
            size="md"
            label={t('settings.leftHanded')}
            description={t('settings.leftHandedWhat')}
            checked={now.leftHanded}
            onChange={(event) => prefer({ leftHanded: event.currentTarget.checked })}
          />
        </Stack>
      </Section>
      {helping ? (
        <PatientsAlone />
      ) : (
        <>
          <CarersSection />
          <RemindersSection />
          <Sharing />
          <VisitConsent />
          <PhotoConsent />
        </>
      )}
      <SessionsSection />
      <OnThisDevice />
      <PaperSection />
      {!helping && (
        <>
          <DownloadRecord />
          <WhoLooked />
          <AskToErase />
        </>
      )}
    </Page>
  );
}
