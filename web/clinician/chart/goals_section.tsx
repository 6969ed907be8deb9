// SPDX-License-Identifier: Apache-2.0
import type { Goal } from 'fhir/r4';
import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useAmount } from '../../hooks/use_amount.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Field, Form, useProblem } from '../../components/form.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { dayOf } from '../../fhir/results.ts';
import { OwnGoalTold } from './own_goal.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { reload } from '../../data/query_client.ts';
import {
  goalOf,
  measurablesOf,
  measuredBy,
  progressOf,
  type Measurable,
  type Progress,
} from '../../clinical/chart/goals.ts';
import type { History } from '../../clinical/chart/load.ts';
import { isSimulated } from '../../fhir/people.ts';
import { useMeasurableWords } from '../../clinical/chart/measurable_words.ts';
import { seriesOf } from '../../clinical/chart/series.ts';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { change, create } from '../../data/write.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

const ACHIEVED = 'http://terminology.hl7.org/CodeSystem/goal-achievement';
const OPEN = ['proposed', 'planned', 'accepted', 'active', 'on-hold'];
export const isOpenGoal = ({ lifecycleStatus }: Goal) => OPEN.includes(lifecycleStatus ?? '');

function Bar({ progress, measure }: { progress: Progress; measure: string | undefined }) {
  const { t, moment } = useLanguage();
  const { amount } = useAmount();
  const { first, now, at, uncertainty, target, share, reached, unsure, unit } = progress;
  const percent = Math.round(share * 100);
  return (
    <>
      <div
        className="goal-bar"
        role="progressbar"
        aria-label={t('chart.goal.progress')}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div style={{ width: `${percent}%` }} data-reached={reached || undefined} />
      </div>
      <p className="small">
        {t('chart.goal.numbers', {
          first: amount(first, unit, measure),
          now: amount(now, unit, measure, uncertainty),
          target: amount(target, unit, measure),
          percent,
        })}
        , {moment(new Date(at).toISOString())}
      </p>
      {reached && (
        <Badge tone={unsure ? 'careful' : 'good'}>
          {t(unsure ? 'chart.goal.reachedUnsure' : 'chart.goal.reached')}
        </Badge>
      )}
      {!reached && unsure && <Badge tone="careful">{t('chart.goal.nearUnsure')}</Badge>}
    </>
  );
}

interface FormProps {
  chart: Chart;
  all: readonly Measurable[];
  words: Words;
  before: Goal | undefined;
  onClose: () => void;
  onDone: (saved: Goal) => Promise<void>;
}

function Amount({ value, onValue, label }: { value: string; onValue: (value: string) => void; label: string }) {
  const { t } = useLanguage();
  const number = Number(value.replace(',', '.'));
  const error = useProblem(
    value.trim() === '' ? t('field.missing') : Number.isFinite(number) ? undefined : t('chart.goal.noNumber'),
  );
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      error={error}
      autoComplete="off"
    />
  );
}

type Direction = '' | 'least' | 'most';

/** Chooses the direction of a goal: only its author knows it. */
function Ways({ value, onValue }: { value: Direction; onValue: (value: Direction) => void }) {
  const { t } = useLanguage();
  const error = useProblem(value === '' ? t('field.missing') : undefined);
  return (
    <NativeSelect
      label={t('chart.goal.direction')}
      value={value}
      error={error}
      onChange={(event) => onValue(event.currentTarget.value as Direction)}
      data={[
        { value: '', label: t('chart.goal.direction.choose') },
        { value: 'least', label: t('chart.goal.atLeast') },
        { value: 'most', label: t('chart.goal.atMost') },
      ]}
    />
  );
}

/** Whether a goal may use it: it has values, or is pain at a moment of the questionnaire. */
const isOffered = ({ points, moment }: Measurable) =>
  points.length > 0 || moment === 'before' || moment === 'after' || moment === 'next-morning';

function GoalForm({ chart, all, words, before, onClose, onDone }: FormProps) {
  const { t } = useLanguage();
  const called = useMeasurableWords(words);
  const amounts = useAmount();
  const target = before?.target?.[0];
  const [key, setKey] = useState(() => (target?.measure ? (measuredBy(target, all)[0]?.key ?? '') : ''));
  const [direction, setDirection] = useState<Direction>(() => {
    const sign = target?.detailQuantity?.comparator;
    return sign ? (sign.startsWith('>') ? 'least' : 'most') : '';
  });
  const [text, setText] = useState(before?.description?.text ?? '');
  const [value, setValue] = useState(String(target?.detailQuantity?.value ?? ''));
  const [due, setDue] = useState(target?.dueDate ?? '');
  const measurable = all.find((one) => one.key === key);
  const unit = measurable && amounts.unit(measurable.unit, measurable.measure);
  const save = async () => {
    const draft = {
      words: text.trim(),
      measurable,
      rising: direction === 'least',
      value: measurable ? Number(value.replace(',', '.')) : undefined,
      due,
      start: before?.startDate ?? dayOf(new Date()),
    };
    const goal = goalOf(chart.standing.patient.id ?? '', draft, before);
    // A target without a measurable keeps its own numbers.
    if (before && !measurable && target?.measure) goal.target = [{ ...target, ...(due && { dueDate: due }) }];
    await onDone(goal);
  };
  return (
    <Dialog title={t(before ? 'chart.goal.edit' : 'chart.goal.add')} onClose={onClose}>
      <Form submit={t('chart.goal.save')} onSubmit={save}>
        <Field
          label={t('chart.goal.words')}
          description={t('chart.goal.words.what')}
          value={text}
          onValue={setText}
          maxLength={500}
        />
        <NativeSelect
          label={t('chart.goal.measure')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          data={[
            { value: '', label: t('chart.goal.unmeasured') },
            ...all.filter(isOffered).map((one) => ({ value: one.key, label: called(one) })),
          ]}
        />
        {measurable && <Ways value={direction} onValue={setDirection} />}
        {measurable && <Amount label={t('chart.goal.value', { unit: unit ?? '' })} value={value} onValue={setValue} />}
        <Field
          label={t('chart.goal.due')}
          type="date"
          value={due}
          onValue={setDue}
          problem={due !== '' && due < dayOf(new Date()) && due !== target?.dueDate ? t('chart.goal.past') : undefined}
        />
      </Form>
    </Dialog>
  );
}

function GoalRow({
  goal,
  all,
  words,
  busy,
  edit,
  close,
}: {
  goal: Goal;
  all: readonly Measurable[];
  words: Words;
  busy: boolean;
  edit: () => void;
  close: (how: 'achieved' | 'not-achieved') => void;
}) {
  const { t, day } = useLanguage();
  const progress = progressOf(goal, all);
  const called = useMeasurableWords(words);
  const target = goal.target?.[0];
  const due = target?.dueDate;
  const late =
    due !== undefined &&
    due < dayOf(new Date()) &&
    isOpenGoal(goal) &&
    !(typeof progress !== 'string' && progress.reached);
  return (
    <li className="goal">
      <p>
        <strong>{goal.description?.text}</strong>{' '}
        {due && <span className="small">{t('chart.goal.until', { day: day(due) })}</span>}{' '}
        {late && <Badge tone="careful">{t('chart.goal.overdue')}</Badge>}
      </p>
      <OwnGoalTold goal={goal} />
      {typeof progress === 'string' ? (
        <p className="small">{t(`chart.goal.${progress}`)}</p>
      ) : (
        <>
          <Bar progress={progress} measure={target && measuredBy(target, all)[0]?.measure} />
          {target && (
            <p className="small">{t('chart.goal.by', { what: measuredBy(target, all).map(called).join('; ') })}</p>
          )}
        </>
      )}
      {isOpenGoal(goal) && (
        <div className="actions">
          <Button size="xs" variant="default" disabled={busy} onClick={edit}>
            {t('chart.goal.edit')}
          </Button>
          <Button size="xs" variant="default" disabled={busy} onClick={() => close('achieved')}>
            {t('chart.goal.close.achieved')}
          </Button>
          <Button size="xs" variant="default" disabled={busy} onClick={() => close('not-achieved')}>
            {t('chart.goal.close.not')}
          </Button>
        </div>
      )}
      {!isOpenGoal(goal) && (
        <p className="small">
          {t(goal.lifecycleStatus === 'completed' ? 'chart.goal.closed.achieved' : 'chart.goal.closed.not')}
          {goal.statusDate && `, ${day(goal.statusDate)}`}
        </p>
      )}
    </li>
  );
}

/** Loads the values since the first open goal began: progress is computed from them. */
export function useMeasurables(chart: Chart, history: History, open: readonly Goal[]) {
  const { from, series, now } = chart;
  const begin = Math.min(
    ...open.map(({ startDate }) => Date.parse(startDate ?? '')).filter((time) => !Number.isNaN(time)),
    Infinity,
  );
  const older = begin < from;
  return useQuery({
    queryKey: queryKeys.measurables(history.patient, begin, now),
    queryFn: async () => {
      if (!older) return series;
      const { procedures, observations } = await history.since(begin, now);
      return seriesOf(procedures, observations, now);
    },
    select: measurablesOf,
    placeholderData: keepPreviousData,
  });
}

/** Shows the goals and their progress by the measured values. */
export function Goals({ chart, history, words, undo }: { chart: Chart; history: History; words: Words; undo: Undo }) {
  const { t } = useLanguage();
  const goals = chart.standing.goals.filter(({ lifecycleStatus }) => lifecycleStatus !== 'entered-in-error');
  const open = goals.filter(isOpenGoal);
  const closed = goals.filter((one) => !isOpenGoal(one));
  const measurables = useMeasurables(chart, history, open);
  const [editing, setEditing] = useState<Goal | 'new'>();
  const simulated = isSimulated(chart.standing.patient);
  const key = queryKeys.chart(chart.standing.patient.id ?? '');

  const save = async (goal: Goal) => {
    if (editing === 'new') {
      const uuid = crypto.randomUUID();
      await create(goal, simulated, uuid);
      undo.offer(t('chart.goal.saved'), () => undo.takeBack('Goal', uuid, { lifecycleStatus: 'entered-in-error' }));
    } else if (editing) {
      await change(goal);
      undo.offer(t('chart.goal.saved'), () => undo.restore(editing));
    }
    setEditing(undefined);
    await reload(key);
  };
  const closing = useMutation({
    mutationFn: ({ goal, how }: { goal: Goal; how: 'achieved' | 'not-achieved' }) =>
      change({
        ...goal,
        lifecycleStatus: how === 'achieved' ? 'completed' : 'cancelled',
        statusDate: dayOf(new Date()),
        achievementStatus: { coding: [{ system: ACHIEVED, code: how }] },
      } as Goal),
    onSuccess: async (_, { goal }) => {
      undo.offer(t('chart.goal.closed'), () => undo.restore(goal));
      await reload(key);
    },
  });
  return (
    <Section
      title={t('chart.goals')}
      action={
        <Button size="xs" onClick={() => setEditing('new')} disabled={!measurables.data}>
          {t('chart.goal.add')}
        </Button>
      }
    >
      <FailureAlert failure={closing.error} />
      <QueryBoundary query={measurables}>
        {(all) => (
          <Stack gap="md">
            {open.length === 0 && <p className="none">{t('chart.goals.none')}</p>}
            <ul className="rows">
              {open.map((goal) => (
                <GoalRow
                  key={goal.id}
                  goal={goal}
                  all={all}
                  words={words}
                  busy={closing.isPending}
                  edit={() => setEditing(goal)}
                  close={(how) => closing.mutate({ goal, how })}
                />
              ))}
            </ul>
            {closed.length > 0 && (
              <details>
                <summary>{t('chart.goals.closed')}</summary>
                <ul className="rows">
                  {closed.map((goal) => (
                    <GoalRow key={goal.id} goal={goal} all={all} words={words} busy edit={() => {}} close={() => {}} />
                  ))}
                </ul>
              </details>
            )}
            <Alert tone="plain">{t('chart.goals.how')}</Alert>
            {editing && (
              <GoalForm
                chart={chart}
                all={all}
                words={words}
                before={editing === 'new' ? undefined : editing}
                onClose={() => setEditing(undefined)}
                onDone={save}
              />
            )}
          </Stack>
        )}
      </QueryBoundary>
    </Section>
  );
}
