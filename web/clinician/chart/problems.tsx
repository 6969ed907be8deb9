// SPDX-License-Identifier: Apache-2.0
import type { Condition } from 'fhir/r4';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Field, Form } from '../../components/form.tsx';
import { Section } from '../../components/section.tsx';
import { localTime } from '../../fhir/local_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { isOpen, notWrong } from '../../clinical/chart/conditions.ts';
import { isSimulated } from '../../fhir/people.ts';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { change, create } from '../../data/write.ts';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/condition-category';
/** The code systems of problems. */
const SYSTEMS = { 'ICD-10': 'http://hl7.org/fhir/sid/icd-10', 'SNOMED CT': 'http://snomed.info/sct' } as const;
const SIDES = { left: '7771000', right: '24028007' } as const;

function NewProblem({
  chart,
  onClose,
  onMade,
}: {
  chart: Chart;
  onClose: () => void;
  onMade: (uuid: string) => Promise<void>;
}) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const [system, setSystem] = useState<keyof typeof SYSTEMS>('ICD-10');
  const [code, setCode] = useState('');
  const [side, setSide] = useState<keyof typeof SIDES | ''>('');
  const save = async () => {
    const uuid = crypto.randomUUID();
    await create(
      {
        resourceType: 'Condition',
        clinicalStatus: { coding: [{ system: CLINICAL, code: 'active' }] },
        verificationStatus: { coding: [{ system: VERIFICATION, code: 'confirmed' }] },
        category: [{ coding: [{ system: CATEGORY, code: 'problem-list-item' }] }],
        code: { ...(code.trim() && { coding: [{ system: SYSTEMS[system], code: code.trim() }] }), text: text.trim() },
        subject: { reference: `Patient/${chart.standing.patient.id ?? ''}` },
        ...(side && { bodySite: [{ coding: [{ system: SYSTEMS['SNOMED CT'], code: SIDES[side] }], text: side }] }),
        recordedDate: localTime(new Date()),
      } as Parameters<typeof create>[0],
      isSimulated(chart.standing.patient),
      uuid,
    );
    await onMade(uuid);
  };
  return (
    <Dialog title={t('chart.problem.add')} onClose={onClose}>
      <Form submit={t('chart.problem.save')} onSubmit={save}>
        <Field label={t('chart.problem.words')} value={text} onValue={setText} maxLength={500} />
        <NativeSelect
          label={t('chart.problem.side')}
          value={side}
          onChange={(event) => setSide(event.currentTarget.value as keyof typeof SIDES | '')}
          data={[
            { value: '', label: t('chart.problem.noSide') },
            { value: 'left', label: t('chart.side.left') },
            { value: 'right', label: t('chart.side.right') },
          ]}
        />
        <NativeSelect
          label={t('chart.problem.system')}
          value={system}
          onChange={(event) => setSystem(event.currentTarget.value as keyof typeof SYSTEMS)}
          data={Object.keys(SYSTEMS)}
        />
        <Field
          label={t('chart.problem.code')}
          description={t('chart.problem.code.what')}
          value={code}
          onValue={setCode}
          optional
          className="code"
          problem={/^[^\s]*( [^\s]+)*$/.test(code.trim()) ? undefined : t('chart.problem.code.problem')}
        />
      </Form>
    </Dialog>
  );
}

/** Shows the problem list; resolves problems and reopens them. */
export function Problems({ chart, words, undo }: { chart: Chart; words: Words; undo: Undo }) {
  const { t, day } = useLanguage();
  const [adding, setAdding] = useState(false);
  const key = queryKeys.chart(chart.standing.patient.id ?? '');
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ condition, status }: { condition: Condition; status: 'active' | 'resolved' }) => {
      const { abatementDateTime: _, ...kept } = condition;
      return change({
        ...kept,
        clinicalStatus: { coding: [{ system: CLINICAL, code: status }] },
        ...(status === 'resolved' && { abatementDateTime: localTime(new Date()) }),
      } as Condition);
    },
    onSuccess: async (_, { condition, status }) => {
      undo.offer(t(status === 'resolved' ? 'chart.problem.resolved' : 'chart.problem.again'), () =>
        undo.restore(condition),
      );
      await reload(key);
    },
  });
  const all = chart.standing.conditions.filter(notWrong);
  const [open, past] = [all.filter(isOpen), all.filter((one) => !isOpen(one))];
  const row = (condition: Condition, status: 'active' | 'resolved') => (
    <li key={condition.id} className="row">
      <span>
        {words.problem(condition)}{' '}
        <span className="small">
          {[condition.code?.coding?.[0]?.code, condition.recordedDate && day(condition.recordedDate.slice(0, 10))]
            .filter(Boolean)
            .join(', ')}
        </span>
      </span>
      <Button size="xs" variant="default" disabled={isPending} onClick={() => mutate({ condition, status })}>
        {t(status === 'resolved' ? 'chart.problem.resolve' : 'chart.problem.reopen')}
      </Button>
    </li>
  );
  return (
    <Section
      title={t('chart.problems')}
      action={
        <Button size="xs" onClick={() => setAdding(true)}>
          {t('chart.problem.add')}
        </Button>
      }
    >
      <FailureAlert failure={error} />
      {open.length === 0 && <p className="none">{t('chart.problems.none')}</p>}
      <ul className="rows">{open.map((one) => row(one, 'resolved'))}</ul>
      {past.length > 0 && (
        <details>
          <summary>{t('chart.problems.past')}</summary>
          <ul className="rows">{past.map((one) => row(one, 'active'))}</ul>
        </details>
      )}
      {adding && (
        <NewProblem
          chart={chart}
          onClose={() => setAdding(false)}
          onMade={async (uuid) => {
            undo.offer(t('chart.problem.saved'), () =>
              undo.takeBack('Condition', uuid, {
                verificationStatus: { coding: [{ system: VERIFICATION, code: 'entered-in-error' }] },
                clinicalStatus: undefined,
              }),
            );
            setAdding(false);
            await reload(key);
          }}
        />
      )}
    </Section>
  );
}
