// SPDX-License-Identifier: Apache-2.0
import type { ActivityDefinition } from 'fhir/r4';
import './exercise.css';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { RepriseError, type Exercise, type Problem, type Reprise } from 'reprise-engine';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Demonstration } from '../../body/demonstration.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, Section } from '../../components/section.tsx';
import { searchAll } from '../../data/fhir_search.ts';
import { localStore } from '../../data/local_store.ts';
import { sendTransaction } from '../../data/api.ts';
import { useEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { AllFilms } from '../films/all_films.tsx';
import { catalogOf, type Known } from '../programme/catalog.ts';
import { begunWith, fileIn, helpFor, isNext, placeOf, SECTIONS, written, type File } from './exercise_file.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

const REPETITIONS = 3;

interface Judged {
  exercise: Exercise | undefined;
  problems: readonly Pick<Problem, 'path' | 'text'>[];
  counted: number | undefined;
}

/** Lets the engine check the file, and count a simulated person who does the exercise. */
function judge(reprise: Reprise, text: string, broken: string): Judged {
  if (!fileIn(text)) return { exercise: undefined, problems: [{ path: '', text: broken }], counted: undefined };
  try {
    const exercise = reprise.exercise(text);
    const coach = exercise.coach(exercise.facts().sided ? { side: 'left' } : {});
    try {
      for (const frame of exercise.simulate({ repetitions: REPETITIONS, mirror: exercise.facts().sided }))
        coach.step(frame);
      coach.finish();
      return { exercise, problems: [], counted: coach.count };
    } finally {
      coach.release();
    }
  } catch (error) {
    if (!(error instanceof RepriseError)) throw error;
    return {
      exercise: undefined,
      problems: error.problems.length > 0 ? error.problems : [{ path: '', text: error.found }],
      counted: undefined,
    };
  }
}

function useDraft(account: string) {
  const key = `exercise-draft ${account}`;
  const [text, setText] = useState<string>();
  useEffect(() => {
    void localStore()
      .then((on) => on.value<string>(key))
      .then((before) => setText((now) => now ?? before ?? ''));
  }, [key]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      void localStore()
        .then((on) => (next === '' ? on.removeValue(key) : on.putValue(key, next)))
        .catch(() => {});
    },
    [key],
  );
  return { text, write };
}

function Names({ file, onChange }: { file: File; onChange: (file: File) => void }) {
  const { t } = useLanguage();
  const name = (language: 'en' | 'de' | 'es') => (
    <TextInput
      key={language}
      label={t(`exercise.name.${language}`)}
      value={file.text?.[language]?.name ?? ''}
      maxLength={80}
      onChange={({ currentTarget }) =>
        onChange({
          ...file,
          text: { ...file.text, [language]: { ...file.text?.[language], name: currentTarget.value } },
        })
      }
    />
  );
  return (
    <div className="plan-fields">
      <TextInput
        label={t('exercise.id')}
        value={file.id ?? ''}
        maxLength={40}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange({ ...file, id: currentTarget.value })}
      />
      {(['en', 'de', 'es'] as const).map(name)}
    </div>
  );
}

function Writing({
  reprise,
  known,
  versions,
}: {
  reprise: Reprise;
  known: readonly Known[];
  versions: readonly { id: string; version: number }[];
}) {
  const { t, language } = useLanguage();
  const {
    account: { id: account },
  } = useAccount();
  const { text, write } = useDraft(account);
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (draft: { text: string; name: string }) => {
      const resource = reprise.exerciseDefinition(draft.text) as ActivityDefinition;
      return sendTransaction(
        JSON.stringify({
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [
            {
              resource,
              request: {
                method: 'POST',
                url: 'ActivityDefinition',
                ifNoneExist: `url=${resource.url ?? ''}&version=${resource.version ?? ''}`,
              },
            },
          ],
        }),
      );
    },
    onSuccess: async (_, { name }) => {
      setSaved(name);
      write('');
      await client.invalidateQueries({ queryKey: queryKeys.exercises() });
    },
  });
  const [saved, setSaved] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const looked = useDeferredValue(text ?? '');
  const judged = useMemo(
    () => (looked === '' ? undefined : judge(reprise, looked, t('exercise.broken'))),
    [reprise, looked, t],
  );
  useEffect(
    () => () => {
      judged?.exercise?.release();
    },
    [judged],
  );
  if (text === undefined) return null;
  const file = fileIn(text);
  const next = file !== undefined && isNext(file, versions);
  const begin = (id: string) => {
    const one = known.find((each) => each.file.id === id);
    setSaved(undefined);
    write(one ? written(begunWith(JSON.parse(one.json) as File, versions)) : '');
  };
  const goTo = (pointer: string) => {
    const at = placeOf(text, pointer);
    if (at === undefined) return;
    field.current?.focus();
    field.current?.setSelectionRange(at, text.indexOf('\n', at));
    // A browser scrolls to where a letter is typed, not to a selection.
    const line = text.slice(0, at).split('\n').length;
    field.current?.scrollTo({ top: (line - 4) * (field.current.scrollHeight / text.split('\n').length) });
  };
  const save = () => mutate({ text, name: file?.text?.[language]?.name ?? file?.id ?? '' });
  const named = (one: Known) => one.file.text[language]?.name ?? one.file.id;
  return (
    <>
      <div role="status">
        {saved !== undefined && <Alert tone="good">{t('exercise.saved', { name: saved })}</Alert>}
      </div>
      <Section title={t('exercise.begin')}>
        <NativeSelect
          label={t('exercise.from')}
          description={t('exercise.from.what')}
          value=""
          data={[
            { value: '', label: t('exercise.choose') },
            ...[...known]
              .sort((a, b) => named(a).localeCompare(named(b), language))
              .map((one) => ({ value: one.file.id, label: named(one) })),
          ]}
          onChange={({ currentTarget }) => begin(currentTarget.value)}
        />
      </Section>
      {text !== '' && (
        <div className="plan-columns">
          <Section title={t('exercise.file')}>
            {file && <Names file={file} onChange={(changed) => write(written(changed))} />}
            <Textarea
              ref={field}
              className="exercise-text"
              label={t('exercise.text')}
              value={text}
              rows={28}
              spellCheck={false}
              onChange={({ currentTarget }) => write(currentTarget.value)}
            />
            {file && !next && <Alert tone="careful">{t('exercise.version')}</Alert>}
            <FailureAlert failure={error} />
            <div className="actions">
              <Button
                loading={isPending}
                disabled={!judged?.exercise || !next || judged.counted !== REPETITIONS || looked !== text}
                onClick={save}
              >
                {t('exercise.save')}
              </Button>
              <Button variant="default" onClick={() => write('')}>
                {t('plan.discard')}
              </Button>
            </div>
          </Section>
          <Section title={t('exercise.look')}>
            {judged?.exercise && (
              <Demonstration
                exercise={judged.exercise}
                mirror={false}
                label={t('introduce.figure', { name: file?.id ?? '' })}
              />
            )}
            <div role="status">
              {judged?.exercise && (
                <p>
                  <Badge tone={judged.counted === REPETITIONS ? 'good' : 'bad'}>
                    {t('exercise.counted', { counted: judged.counted ?? 0, done: REPETITIONS })}
                  </Badge>
                </p>
              )}
              {(judged?.problems.length ?? 0) > 0 && (
                <p>
                  <Badge tone="bad">{t('exercise.wrong')}</Badge>
                </p>
              )}
            </div>
            <ul className="plain problems">
              {judged?.problems.slice(0, 20).map(({ path, text: what }) => (
                <li key={`${path} ${what}`}>
                  {path !== '' && (
                    <>
                      <Button size="compact-xs" variant="default" onClick={() => goTo(path)}>
                        {path}
                      </Button>{' '}
                    </>
                  )}
                  {what}
                  {helpFor(path) && <span className="small"> {helpFor(path)}</span>}
                </li>
              ))}
            </ul>
            <details>
              <summary>{t('exercise.help')}</summary>
              <dl className="facts">
                {SECTIONS.map(({ name, help }) => (
                  <div key={name}>
                    <dt>
                      <Button size="compact-xs" variant="subtle" onClick={() => goTo(`/${name}`)}>
                        {name}
                      </Button>
                    </dt>
                    <dd lang="en">{help}</dd>
                  </div>
                ))}
              </dl>
            </details>
          </Section>
        </div>
      )}
      <AllFilms exercises={known.map((one) => ({ id: one.file.id, name: named(one), sided: one.file.sides.sided }))} />
      <p className="small">{t('notReviewed')}</p>
    </>
  );
}

const load = () => searchAll<ActivityDefinition>('ActivityDefinition', '?_count=1000');

/** A new exercise, or a new version of one, as the clinic's own: docs/clinician/programme-builder.md. */
export function ExercisePage() {
  const { t } = useLanguage();
  const reprise = useEngine();
  const query = useQuery({ queryKey: queryKeys.exercises(), queryFn: load });
  const known = useMemo(() => [...catalogOf(query.data ?? []).values()], [query.data]);
  const versions = useMemo(
    () =>
      (query.data ?? []).flatMap(({ url, version }) =>
        url?.startsWith('urn:reprise:exercise:')
          ? [{ id: url.slice('urn:reprise:exercise:'.length), version: Number(version) || 0 }]
          : [],
      ),
    [query.data],
  );
  return (
    <Page title={t('exercise.title')} lead={t('exercise.lead')}>
      <QueryBoundary query={{ data: reprise && query.data, error: query.error, refetch: query.refetch }}>
        {() => (reprise ? <Writing reprise={reprise} known={known} versions={versions} /> : null)}
      </QueryBoundary>
    </Page>
  );
}
