// SPDX-License-Identifier: Apache-2.0
// For carers: whose app it is, and for whom questions are answered.
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useGivenName } from '../today/use_given_name.ts';
import './carers.css';
import { useHelping } from './use_helping.ts';

function Helping() {
  const { t } = useLanguage();
  const name = useGivenName();
  return <p className="helping">{name ? t('carers.helping', { name }) : t('carers.helping.someone')}</p>;
}

/** On every page of a carer. */
export const HelpingLine = () => (useHelping() ? <Helping /> : null);

function ForWhom() {
  const { t } = useLanguage();
  const name = useGivenName();
  return <Alert tone="careful">{name ? t('carers.answerFor', { name }) : t('carers.answerFor.someone')}</Alert>;
}

/** Above questions about the patient's health: a carer answers for the patient. */
export const AnswerFor = () => (useHelping() ? <ForWhom /> : null);

/** Before the patient's own consent to the app, which no carer gives. */
export function NotYet() {
  const { t } = useLanguage();
  const name = useGivenName() ?? t('carers.thePatient');
  return (
    <Page title={t('today.title')}>
      <Alert tone="careful">{t('carers.notYet', { name })}</Alert>
    </Page>
  );
}

/** In place of the settings that are the patient's alone. */
export function PatientsAlone() {
  const { t } = useLanguage();
  const name = useGivenName() ?? t('carers.thePatient');
  return <p className="note">{t('carers.alone', { name })}</p>;
}
