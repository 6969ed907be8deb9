import './programme.css';
import { Button, Skeleton, Textarea, TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { RepriseError, type Exercise, type IntensityProposal, type Reprise } from 'reprise-engine';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Link } from '../../components/link.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, Section } from '../../components/section.tsx';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { useWhoWords } from '../../components/who.tsx';
import { isSimulated, nameOf, whoIs } from '../../fhir/people.ts';
import { localTime } from '../../fhir/local_time.ts';
import { dayOf } from '../../fhir/results.ts';
import { useEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import type { Place } from './address.ts';
import { openProblems } from '../../clinical/chart/conditions.ts';
import { useChartTime } from '../remote_monitoring/chart_time.ts';
import { changesBetween } from './changes.ts';
import { boundOf, checkOf, contraindicationsOf } from './check.ts';
import { canonicalIn, exerciseOf, freshItem, isOtherSide, problemSide, sidesOf, type Draft } from './draft.ts';
import type { Known } from './catalog.ts';
import { FindExercises } from './find_exercises.tsx';
import { Items, type Row } from './items.tsx';
import { loadKnowledge, type Knowledge, type Loaded } from './load.ts';
import { Preview } from './preview.tsx';
import { decisionOf, undecided } from './proposals.ts';
import { RestrictionsSection } from './restrictions.tsx';
import { SendDialog } from './send_dialog.tsx';
import { Templates } from './templates.tsx';
import { useBuilder, type Builder, type Conflict } from './use_builder.ts';
import { broughtBack } from './versions.ts';
import { Versions } from './versions.tsx';
import { useBuilderWords, type BuilderWords } from './words.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

type Panel = 'templates' | 'preview' | 'versions' | 'send';

/** One of each exercise that is shown; they live as long as the page. */
function useFigures(reprise: Reprise, knowledge: Knowledge) {
  const figures = useMemo(() => new Map<string, Exercise>(), []);
  useEffect(
    () => () => {
      for (const exercise of figures.values()) exercise.release();
    },
    [figures],
  );
  return useCallback(
    (id: string) => {
      const known = knowledge.catalog.get(id);
      if (known && !figures.has(id)) figures.set(id, reprise.exercise(known.json));
      return figures.get(id);
    },
    [figures, knowledge, reprise],
  );
}

function Met({ conflict: { by, theirs, both }, words }: { conflict: Conflict; words: BuilderWords }) {
  const { t } = useLanguage();
  return (
    <Alert tone="careful" role="alert">
      <p>
        <strong>{t('plan.conflict', { name: by ?? t('plan.author.unknown') })}</strong>
      </p>
      <ul className="plain">
        {theirs.map((one) => (
          <li key={JSON.stringify(one)}>{words.change(one)}</li>
        ))}
      </ul>
      {both.length > 0 && (
        <>
          <p>
            <strong>{t('plan.conflict.both')}</strong>
          </p>
          <ul className="plain">
            {both.map((one) => (
              <li key={JSON.stringify(one)}>{words.change(one)}</li>
            ))}
          </ul>
        </>
      )}
      <p>{t('plan.conflict.what')}</p>
    </Alert>
  );
}

const moved = (draft: Draft, key: string, to: number): Draft => {
  const item = draft.items.find((one) => one.key === key);
  const others = draft.items.filter((one) => one.key !== key);
  return item ? { ...draft, items: [...others.slice(0, to), item, ...others.slice(to)] } : draft;
};

/** Of the programme as the record has it, whatever the draft makes of it. */
function useProposals(reprise: Reprise, all: readonly Known[], loaded: Loaded | undefined): IntensityProposal[] {
  return useMemo(() => {
    if (!loaded?.base.plan) return [];
    const named = new Set(loaded.base.requests.map((request) => exerciseOf(canonicalIn(request) ?? '')));
    const definitions = JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: all.filter(({ file }) => named.has(file.id)).map(({ definition }) => ({ resource: definition })),
    });
    const { plan, patient, done } = loaded.texts;
    try {
      return undecided(reprise.intensity([plan, patient, definitions, ...done], dayOf(new Date())), loaded.decided);
    } catch (error) {
      if (!(error instanceof RepriseError)) throw error;
      return []; // a programme that cannot be read says so above
    }
  }, [reprise, all, loaded]);
}

function Building({
  reprise,
  knowledge,
  builder,
  wantedTemplate,
}: {
  reprise: Reprise;
  knowledge: Knowledge;
  builder: Builder;
  wantedTemplate: string | undefined;
}) {
  const { t, day, moment, counted } = useLanguage();
  const words = useBuilderWords(knowledge.catalog);
  const figureOf = useFigures(reprise, knowledge);
  const [shown, setShown] = useState<Panel | undefined>(wantedTemplate ? 'templates' : undefined);
  const { state, writing, edit } = builder;
  const all = useMemo(() => [...knowledge.catalog.values()], [knowledge]);
  const uses = useMemo(
    () =>
      new Map(
        knowledge.templates.map(({ file }) => [
          file.id,
          new Set(file.phases.flatMap(({ exercises }) => exercises.map(({ id }) => id))),
        ]),
      ),
    [knowledge],
  );
  const conditionTexts = state?.loaded.texts.conditions;
  const contraindications = useMemo(() => {
    const lists = contraindicationsOf(
      reprise,
      all.map((known) => ({ known, ceiling: null })),
      knowledge.rules,
      conditionTexts ?? [],
      dayOf(new Date()),
    );
    return new Map(all.map(({ file }, i) => [file.id, lists[i] ?? []]));
  }, [reprise, all, knowledge, conditionTexts]);
  const draft = useDeferredValue(state?.draft);
  // Those with a ceiling: by their keys.
  const within = useMemo(() => {
    const bounded = (draft?.items ?? []).flatMap((item) => {
      const known = knowledge.catalog.get(item.exercise);
      const ceiling = known && draft ? boundOf(draft, item, known) : null;
      return known && ceiling !== null ? [{ key: item.key, known, ceiling }] : [];
    });
    const lists =
      bounded.length === 0
        ? []
        : contraindicationsOf(reprise, bounded, knowledge.rules, conditionTexts ?? [], dayOf(new Date()));
    return new Map(bounded.map(({ key }, i) => [key, lists[i] ?? []]));
  }, [reprise, knowledge, conditionTexts, draft]);
  const checked = useMemo(
    () =>
      state && draft && writing
        ? checkOf(
            reprise,
            draft,
            state.before,
            state.base,
            knowledge.catalog,
            [state.loaded.texts.patient, state.loaded.texts.consents],
            writing,
          )
        : undefined,
    [reprise, draft, state, knowledge, writing],
  );
  const proposals = useProposals(reprise, all, state?.loaded);
  if (!state || !writing || !draft) return null;

  const { loaded, before } = state;
  const patientName = nameOf(loaded.patient) ?? t('chart.nameless');
  const simulated = isSimulated(loaded.patient);
  const changes = changesBetween(before, state.draft);
  const conditions = openProblems(loaded.conditions);
  const problem = problemSide(conditions);
  const rows = state.draft.items.map((item): Row => {
    const known = knowledge.catalog.get(item.exercise);
    const open = state.decisions.every(({ request }) => request !== item.key);
    return {
      item,
      known,
      figure: figureOf(item.exercise),
      sideMissing: known !== undefined && item.side === null && sidesOf(known.file).length > 0,
      otherSide: isOtherSide(item, problem ?? state.draft.affected),
      bound: known ? boundOf(state.draft, item, known) : item.ceiling,
      contraindications: within.get(item.key) ?? contraindications.get(item.exercise) ?? [],
      problem: checked?.problems.get(item.key),
      proposal: open ? proposals.find(({ request }) => request === item.key) : undefined,
    };
  });
  const against = rows.filter((row) => row.contraindications.some(({ severity }) => severity === 'contraindicated'));
  const sideless = rows.filter(({ sideMissing }) => sideMissing).length;
  const chosenNow = new Set(
    changes.flatMap((one) =>
      one.what === 'added' || (one.what === 'changed' && one.details.some(({ field }) => field === 'side'))
        ? [one.item.key]
        : [],
    ),
  );
  const other = rows.filter(({ item, otherSide }) => otherSide && chosenNow.has(item.key));
  const wrong =
    rows.filter(({ problem, known }) => problem !== undefined || !known).length + (checked?.problems.has('') ? 1 : 0);
  const decide = (proposal: IntensityProposal, accepted: boolean) => {
    builder.decide(
      decisionOf(proposal, accepted, {
        patient: writing.patient,
        practitioner: writing.practitioner,
        now: localTime(new Date()),
      }),
    );
    if (accepted && proposal.instead.length === 0)
      builder.editItem(proposal.request, {
        sets: proposal.sets,
        repetitions: proposal.repetitions,
        hold: proposal.hold_s,
      });
  };
  const swap = (key: string, id: string) => {
    const known = knowledge.catalog.get(id);
    if (known)
      edit((now) => ({
        ...now,
        items: now.items.map((item) =>
          item.key === key ? freshItem(crypto.randomUUID(), known.file, item.side ?? now.affected ?? problem) : item,
        ),
      }));
  };
  // The checked programme is the one that is sent.
  const ready =
    draft === state.draft &&
    (changes.length > 0 || state.decisions.length > 0) &&
    wrong === 0 &&
    sideless === 0 &&
    state.draft.items.length > 0;
  return (
    <>
      <FailureAlert failure={builder.failure} />
      {builder.conflict && <Met conflict={builder.conflict} words={words} />}
      {builder.restored && !builder.conflict && changes.length > 0 && (
        <Alert tone="careful" role="status">
          {t('plan.restored')}{' '}
          <Button size="compact-sm" variant="default" onClick={builder.discard}>
            {t('plan.discard')}
          </Button>
        </Alert>
      )}
      <div role="status">
        {builder.sent && (
          <div className="notice undo" data-tone="good">
            <span>{t('plan.sent', { name: patientName })}</span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                const former = builder.sent;
                if (former) edit((now) => broughtBack(former, now, () => crypto.randomUUID()));
              }}
            >
              {t('plan.sent.back')}
            </Button>
          </div>
        )}
      </div>
      {checked?.problems.get('') && (
        <Alert tone="bad" role="alert">
          {t('chart.programme.unreadable', { why: checked.problems.get('') ?? '' })}
        </Alert>
      )}
      <RestrictionsSection
        patient={writing.patient}
        simulated={simulated}
        draft={state.draft}
        conditions={loaded.conditions}
        edit={edit}
        reload={builder.look}
        words={words}
      />
      <div className="plan-columns">
        <Section
          title={t('plan.exercises')}
          action={
            <div className="facts-line">
              <Button size="compact-sm" variant="default" onClick={() => setShown('templates')}>
                {t('plan.templates')}
              </Button>
              {state.base.plan && (
                <Button size="compact-sm" variant="default" onClick={() => setShown('versions')}>
                  {t('plan.versions')}
                </Button>
              )}
            </div>
          }
        >
          <div className="plan-fields">
            <TextInput
              className="wide"
              label={t('plan.field.title')}
              value={state.draft.title}
              maxLength={200}
              onChange={({ currentTarget }) => edit((now) => ({ ...now, title: currentTarget.value }))}
            />
            <Textarea
              className="wide"
              label={t('plan.field.note')}
              value={state.draft.note}
              maxLength={2000}
              rows={1}
              autosize
              onChange={({ currentTarget }) => edit((now) => ({ ...now, note: currentTarget.value }))}
            />
          </div>
          {state.base.plan?.meta?.lastUpdated && (
            <p className="small">
              {t('chart.activeSince', { day: day(before.start) })}.{' '}
              {t('plan.lastChanged', { when: moment(state.base.plan.meta.lastUpdated) })}
            </p>
          )}
          <Items
            rows={rows}
            words={words}
            onEdit={builder.editItem}
            onMove={(key, to) => edit((now) => moved(now, key, to))}
            onRemove={(key) => edit((now) => ({ ...now, items: now.items.filter((item) => item.key !== key) }))}
            onSwap={swap}
            onDecide={decide}
          />
        </Section>
        <FindExercises
          all={all}
          templates={knowledge.templates}
          uses={uses}
          contraindications={contraindications}
          bearing={state.draft.bearing}
          figureOf={figureOf}
          words={words}
          onAdd={(known) =>
            edit((now) => ({
              ...now,
              items: [...now.items, freshItem(crypto.randomUUID(), known.file, now.affected ?? problem)],
            }))
          }
        />
      </div>
      <div className="plan-bar" role="toolbar" aria-label={t('plan.bar')}>
        <span className="small" role="status">
          {sideless > 0
            ? counted('plan.sideless', sideless)
            : wrong > 0
              ? counted('plan.wrong', wrong)
              : changes.length === 0
                ? t('plan.unchanged')
                : counted('plan.changed', changes.length)}
        </span>
        <Button variant="default" disabled={state.past.length === 0} onClick={builder.undo}>
          {t('plan.undo')}
        </Button>
        <Button variant="default" disabled={state.future.length === 0} onClick={builder.redo}>
          {t('plan.redo')}
        </Button>
        <Button variant="default" onClick={() => setShown('preview')}>
          {t('plan.preview')}
        </Button>
        <Button disabled={!ready} loading={builder.busy} onClick={() => setShown('send')}>
          {t('plan.send')}…
        </Button>
      </div>
      {shown === 'templates' && (
        <Templates
          reprise={reprise}
          templates={knowledge.templates}
          catalog={knowledge.catalog}
          codes={conditions.flatMap(({ code }) => code?.coding ?? [])}
          draft={state.draft}
          problem={problem}
          about={{ patient: writing.patient, simulated }}
          chosen={wantedTemplate}
          words={words}
          onClose={() => setShown(undefined)}
          onUse={edit}
        />
      )}
      {shown === 'preview' && (
        <Preview programme={checked?.programme} reprise={reprise} onClose={() => setShown(undefined)} />
      )}
      {shown === 'versions' && state.base.plan && (
        <Versions
          plan={state.base.plan}
          files={builder.files}
          words={words}
          onClose={() => setShown(undefined)}
          onBack={(former) => {
            edit((now) => broughtBack(former, now, () => crypto.randomUUID()));
            setShown(undefined);
          }}
        />
      )}
      {shown === 'send' && (
        <SendDialog
          name={patientName}
          first={!state.base.plan}
          changes={changes}
          other={other.map(({ item }) => words.called(item))}
          against={against.map(({ item }) => words.exercise(item.exercise))}
          words={words}
          busy={builder.busy}
          onClose={() => setShown(undefined)}
          onSend={async (message) => {
            await builder.send(message);
            setShown(undefined);
          }}
        />
      )}
    </>
  );
}

function Open({
  patient,
  knowledge,
  reprise,
  template,
}: {
  patient: string;
  knowledge: Knowledge;
  reprise: Reprise;
  template: string | undefined;
}) {
  const { t } = useLanguage();
  const {
    account: { id, person = '' },
  } = useAccount();
  useChartTime(patient);
  const builder = useBuilder(patient, { id, person }, knowledge);
  const { state, failure, undo, redo } = builder;
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role="dialog"]');
      if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [undo, redo]);
  const { behind } = useWhoWords();
  const name = state && (nameOf(state.loaded.patient) ?? t('chart.nameless'));
  return (
    <Page
      title={name ? t('plan.title.of', { name }) : t('plan.title')}
      lead={
        state && (
          <>
            <Link href={addressOfChart(patient)}>{t('plan.toChart')}</Link>{' '}
            <span className="small">{behind({ ...whoIs(state.loaded.patient), simulated: false })}</span>
            {isSimulated(state.loaded.patient) && (
              <>
                {' '}
                <Badge tone="careful">{t('chart.simulated')}</Badge>
              </>
            )}{' '}
            <span className="small">{t('notReviewed')}</span>
          </>
        )
      }
    >
      {!state && failure && (
        <FailureAlert
          failure={failure}
          retry={() => {
            void builder.reload();
          }}
        />
      )}
      {!state && !failure && (
        <div role="status" aria-label={t('loading')}>
          <Skeleton h={120} mb={16} />
          <Skeleton h={300} />
        </div>
      )}
      {state && <Building reprise={reprise} knowledge={knowledge} builder={builder} wantedTemplate={template} />}
    </Page>
  );
}

/** Writes and changes a patient's programme: docs/clinician/programme-builder.md. */
export function ProgrammePage({ patient, template }: Place) {
  const { t } = useLanguage();
  const reprise = useEngine();
  const knowledge = useQuery({ queryKey: queryKeys.programmeCatalog(), queryFn: loadKnowledge });
  if (!patient)
    return (
      <Page title={t('plan.title')}>
        <Alert tone="careful">{t('chart.whom')}</Alert>
      </Page>
    );
  if (!reprise || !knowledge.data)
    return (
      <Page title={t('plan.title')}>
        <QueryBoundary query={knowledge}>{() => <Skeleton h={300} />}</QueryBoundary>
      </Page>
    );
  return <Open key={patient} patient={patient} knowledge={knowledge.data} reprise={reprise} template={template} />;
}
