// SPDX-License-Identifier: Apache-2.0
import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { IntensityProposal, Reprise } from 'reprise-engine';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Section } from '../../components/section.tsx';
import { isSimulated, nameOf } from '../../fhir/people.ts';
import { localTime } from '../../fhir/local_time.ts';
import { HandoutButton } from '../../paper/handout/handout_button.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { freshItem, type Draft } from './draft.ts';
import { FindExercises } from './find_exercises.tsx';
import { Items } from './items.tsx';
import type { Knowledge } from './load.ts';
import { Preview } from './preview.tsx';
import { decisionOf } from './proposals.ts';
import { RestrictionsSection } from './restrictions.tsx';
import { SendDialog } from './send_dialog.tsx';
import { Templates } from './templates.tsx';
import type { Builder, Conflict } from './use_builder.ts';
import { useCheckedDraft } from './use_checked_draft.ts';
import { broughtBack } from './versions.ts';
import { Versions } from './versions.tsx';
import { useBuilderWords, type BuilderWords } from './words.ts';

type Panel = 'templates' | 'preview' | 'versions' | 'send';

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

/** Shows the draft, and all that is done with it. */
export function Building({
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
  const [shown, setShown] = useState<Panel | undefined>(wantedTemplate ? 'templates' : undefined);
  const { state, writing, edit } = builder;
  const draft = useCheckedDraft(reprise, knowledge, builder);
  if (!state || !writing || !draft) return null;

  const { rows, changes, problem, trouble } = draft;
  const { loaded, before } = state;
  const patientName = nameOf(loaded.patient) ?? t('chart.nameless');
  const simulated = isSimulated(loaded.patient);
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
      {trouble && (
        <Alert tone="bad" role="alert">
          {t('chart.programme.unreadable', { why: trouble })}
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
              {state.base.plan && (
                // On paper stands what the patient has, not a draft.
                <HandoutButton size="compact-sm" programme={draft.programme} disabled={changes.length > 0} />
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
          all={draft.all}
          templates={knowledge.templates}
          uses={draft.uses}
          contraindications={draft.contraindications}
          bearing={state.draft.bearing}
          figureOf={draft.figureOf}
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
          {draft.sideless > 0
            ? counted('plan.sideless', draft.sideless)
            : draft.wrong > 0
              ? counted('plan.wrong', draft.wrong)
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
        <Button disabled={!draft.ready} loading={builder.busy} onClick={() => setShown('send')}>
          {t('plan.send')}…
        </Button>
      </div>
      {shown === 'templates' && (
        <Templates
          reprise={reprise}
          templates={knowledge.templates}
          catalog={knowledge.catalog}
          codes={draft.conditions.flatMap(({ code }) => code?.coding ?? [])}
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
        <Preview programme={draft.programme} reprise={reprise} onClose={() => setShown(undefined)} />
      )}
      {shown === 'versions' && state.base.plan && (
        <Versions
          reprise={reprise}
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
          other={draft.other.map(({ item }) => words.called(item))}
          against={draft.against.map(({ item }) => words.exercise(item.exercise))}
          words={words}
          busy={builder.busy}
          onClose={() => setShown(undefined)}
          onSend={async (message, reason) => {
            await builder.send(message, reason);
            setShown(undefined);
          }}
        />
      )}
    </>
  );
}
