// SPDX-License-Identifier: Apache-2.0
// The same record as a PDF to read, beside the file for other systems.
import { Button, Stack } from '@mantine/core';
import type { Bundle, Patient, Questionnaire, QuestionnaireResponse, Resource } from 'fhir/r4';
import { Alert } from '../../../components/alert.tsx';
import { FailureAlert } from '../../../components/failure_alert.tsx';
import { save } from '../../../components/save_file.ts';
import { programmeEngine } from '../../../data/engine.ts';
import { loadProgramme } from '../../../data/programme.ts';
import { useAccount } from '../../../data/session.ts';
import { doseOf, useDose } from '../../../exercises/dose.ts';
import { exerciseWords } from '../../../exercises/exercise_words.ts';
import { prescribedFrom } from '../../../exercises/prescribed.ts';
import { unitCode } from '../../../fhir/amount.ts';
import { isSimulated, nameOf } from '../../../fhir/people.ts';
import { resourcesIn } from '../../../fhir/resources.ts';
import { dayOf } from '../../../fhir/results.ts';
import { useAmount } from '../../../hooks/use_amount.ts';
import { usualSize } from '../../../paper/paper_size.ts';
import { useWorking, Working, type OnProgress } from '../../../paper/working.tsx';
import { useLanguage } from '../../../translations/language.tsx';
import type { PatientRecord } from './record_bundle.ts';

/** Reading takes most of the time; the rest is the paper. */
const READING = 0.9;

interface Props {
  read: (onProgress: OnProgress) => Promise<PatientRecord | undefined>;
  searchPages: (path: string) => Promise<string[]>;
}

const resourcesOf = ({ entry = [] }: Bundle): Resource[] => entry.flatMap(({ resource }) => resource ?? []);

/** The texts of the questions that were answered. */
async function questionnairesFor(resources: readonly Resource[], searchPages: Props['searchPages']) {
  const urls = new Set(
    resources.flatMap((one) => {
      const { questionnaire } = one as QuestionnaireResponse;
      return one.resourceType === 'QuestionnaireResponse' && questionnaire ? [questionnaire.replace(/\|.*$/, '')] : [];
    }),
  );
  if (urls.size === 0) return [];
  const path = `Questionnaire?url=${[...urls].map(encodeURIComponent).join(',')}&_count=100`;
  return resourcesIn<Questionnaire>(await searchPages(path), 'Questionnaire');
}

/** The programme's exercises in words. */
function useExercises() {
  const { t, language } = useLanguage();
  const { account } = useAccount();
  const dose = useDose();
  const { amount } = useAmount();
  return async () => {
    const [reprise, { programme }] = await Promise.all([
      programmeEngine(),
      loadProgramme(account.id, account.person ?? ''),
    ]);
    if (!programme) return undefined;
    const exercises = programme.exercises.map((order) => {
      const { exercise, facts, file } = prescribedFrom(reprise, order);
      exercise.release();
      const value = facts.ceiling === null ? '' : amount(facts.ceiling, unitCode(facts.unit), facts.measure);
      return {
        id: order.id,
        name: exerciseWords(file, language).name,
        dose: dose(doseOf({ order })),
        limit: value && t('paper.record.notFarther', { value }),
      };
    });
    return { title: programme.title ?? t('today.programme'), exercises };
  };
}

export function RecordAsPdf({ read, searchPages }: Props) {
  const speech = { ...useLanguage(), amount: useAmount().amount };
  const { t } = speech;
  const exercises = useExercises();
  const { start, stop, share, isPending, error, made } = useWorking(async (onProgress) => {
    const record = await read((done) => onProgress(READING * done));
    if (!record) return undefined;
    const resources = resourcesOf(record.bundle);
    const [{ recordPaper }, { recordPdf }, questionnaires, programme] = await Promise.all([
      import('./record_paper.ts'),
      import('./record_pdf.ts'),
      questionnairesFor(resources, searchPages),
      exercises(),
    ]);
    if (!onProgress(READING)) return undefined;
    const patient = resources.find(({ resourceType }) => resourceType === 'Patient') as Patient | undefined;
    const now = new Date();
    const sections = recordPaper({ resources, questionnaires, programme, speech });
    const bytes = await recordPdf(
      {
        sections,
        name: (patient && nameOf(patient)) ?? '',
        simulated: patient !== undefined && isSimulated(patient),
        now,
        size: usualSize(navigator.languages),
        entries: record.resources,
      },
      speech,
    );
    const file = `${t('paper.file.record')}-${dayOf(now)}.pdf`;
    save(file, 'application/pdf', new Uint8Array(bytes));
    return file;
  });
  return (
    <Stack gap="sm">
      <div role="status">
        {made && !isPending && <Alert tone="good">{t('paper.record.saved', { file: made })}</Alert>}
      </div>
      <FailureAlert failure={error} />
      {isPending && <Working share={share} onStop={stop} />}
      <div className="actions">
        <Button variant="default" loading={isPending} onClick={start}>
          {t('paper.record.action')}
        </Button>
      </div>
    </Stack>
  );
}
