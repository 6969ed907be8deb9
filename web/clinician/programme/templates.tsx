// SPDX-License-Identifier: Apache-2.0
import type { Coding } from 'fhir/r4';
import { Button, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { RepriseError, type Reprise } from 'reprise-engine';
import { Dialog } from '../../components/dialog.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { fitting, said, type Known, type Template } from './catalog.ts';
import { replaced } from './replaced.ts';
import { SIDES, type Draft, type Item, type Sides } from './draft.ts';
import type { BuilderWords } from './words.ts';

interface Choice {
  template: Template;
  phase: string;
  affected: Sides | null;
}

/** The exercises of a phase as the engine makes them; a draft like any other. */
function itemsOf(
  reprise: Reprise,
  { template, phase, affected }: Choice,
  catalog: ReadonlyMap<string, Known>,
  about: { patient: string; language: string; start: string; simulated: boolean },
): Item[] {
  const needed = new Set(template.file.phases.flatMap(({ exercises }) => exercises.map(({ id }) => id)));
  const files = [...catalog.values()].filter(({ file }) => needed.has(file.id));
  const items = reprise.programmeTemplate(
    template.json,
    files.map(({ json }) => json),
    { ...about, phase, affected },
  );
  return items.map((item) => ({ ...item, key: crypto.randomUUID() }));
}

function Phases({
  template,
  phase,
  onPhase,
  words,
}: {
  template: Template;
  phase: string;
  onPhase: (id: string) => void;
  words: BuilderWords;
}) {
  const { t, language } = useLanguage();
  const { phases, red_flags: flags, precautions } = template.file;
  const chosen = phases.find(({ id }) => id === phase);
  return (
    <>
      <Radio.Group label={t('plan.template.phase')} value={phase} onChange={onPhase}>
        <Stack gap="xs" mt="xs">
          {phases.map(({ id, title, goal, weeks: { from, to } }) => (
            <Radio
              key={id}
              value={id}
              label={said(title, language)}
              description={`${said(goal, language)} ${
                to === undefined ? t('plan.weeks.from', { from }) : t('plan.weeks', { from, to })
              }`}
            />
          ))}
        </Stack>
      </Radio.Group>
      {chosen && <p className="small">{chosen.exercises.map(({ id }) => words.exercise(id)).join(' · ')}</p>}
      {(chosen?.criteria ?? []).length > 0 && (
        <details>
          <summary>{t('plan.criteria')}</summary>
          <ul className="plain small">
            {chosen?.criteria?.map((one) => (
              <li key={JSON.stringify(one)}>{words.criterion(one)}</li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>{t('plan.redFlags')}</summary>
        <ul className="plain small">
          {[...flags, ...precautions].map((one) => (
            <li key={one.en}>{said(one, language)}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

interface Props {
  reprise: Reprise;
  templates: readonly Template[];
  catalog: ReadonlyMap<string, Known>;
  codes: readonly Coding[];
  draft: Draft;
  /** The side of the patient's problem. */
  problem: Sides | null;
  about: { patient: string; simulated: boolean };
  /** Of the address: chosen already. */
  chosen?: string | undefined;
  words: BuilderWords;
  onClose: () => void;
  onUse: (change: (draft: Draft) => Draft) => void;
}

/** Programmes for common pathways, phase by phase: a beginning that a clinician changes. */
export function Templates({
  reprise,
  templates,
  catalog,
  codes,
  draft,
  problem,
  about,
  chosen,
  words,
  onClose,
  onUse,
}: Props) {
  const { t, language } = useLanguage();
  const [search, setSearch] = useState('');
  const [id, setId] = useState(chosen ?? '');
  const template = templates.find(({ file }) => file.id === id);
  const [phase, setPhase] = useState(template?.file.phases[0]?.id ?? '');
  const [affected, setAffected] = useState(draft.affected ?? problem);
  const [instead, setInstead] = useState(true);
  const [failure, setFailure] = useState('');
  const title = (one: Template) => said(one.file.title, language);
  const listed = fitting(templates, codes)
    .filter(({ template: one }) => title(one).toLowerCase().includes(search.trim().toLowerCase()))
    .sort((a, b) => Number(b.fits) - Number(a.fits) || title(a.template).localeCompare(title(b.template), language));
  const needsSide =
    template?.file.phases.find((one) => one.id === phase)?.exercises.some(({ side }) => side === 'affected') ?? false;
  const choose = (one: Template) => {
    setId(one.file.id);
    setPhase(one.file.phases[0]?.id ?? '');
    setFailure('');
  };
  const use = () => {
    if (!template) return;
    try {
      const items = itemsOf(reprise, { template, phase, affected }, catalog, {
        ...about,
        language,
        start: draft.start,
      });
      const chosen = template.file.phases.find((one) => one.id === phase);
      const named = `${title(template)}: ${said(chosen?.title, language)}`;
      onUse((now) => ({
        ...(instead ? replaced(now, items, catalog) : { ...now, items: [...now.items, ...items] }),
        affected,
        template: { canonical: template.canonical, phase },
        title: instead || now.title === '' ? named : now.title,
      }));
      onClose();
    } catch (error) {
      if (!(error instanceof RepriseError)) throw error;
      setFailure(error.found);
    }
  };
  return (
    <Dialog title={template ? title(template) : t('plan.templates')} onClose={onClose}>
      {!template ? (
        <Stack gap="sm">
          <TextInput
            type="search"
            label={t('plan.search')}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            data-autofocus
            autoComplete="off"
          />
          <ul className="rows plan-templates">
            {listed.map(({ template: one, fits }) => (
              <li key={one.file.id}>
                <button type="button" onClick={() => choose(one)}>
                  <strong>{title(one)}</strong> {fits && <Badge tone="good">{t('plan.template.fits')}</Badge>}
                  <span className="small">{said(one.file.summary, language)}</span>
                </button>
              </li>
            ))}
          </ul>
          {listed.length === 0 && <p className="none">{t('plan.found.none')}</p>}
        </Stack>
      ) : (
        <Stack gap="sm">
          <p className="small">{said(template.file.summary, language)}</p>
          <Phases template={template} phase={phase} onPhase={setPhase} words={words} />
          <NativeSelect
            label={t('plan.field.affected')}
            value={affected ?? ''}
            error={needsSide && !affected ? t('plan.template.side') : undefined}
            data={[
              { value: '', label: t('plan.side.unset') },
              ...SIDES.map((side) => ({ value: side, label: t(`plan.side.${side}`) })),
            ]}
            onChange={({ currentTarget }) =>
              setAffected(currentTarget.value === '' ? null : (currentTarget.value as Sides))
            }
          />
          {draft.items.length > 0 && (
            <Radio.Group
              label={t('plan.template.how')}
              value={instead ? 'instead' : 'beside'}
              onChange={(value) => setInstead(value === 'instead')}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="instead" label={t('plan.template.instead')} />
                <Radio value="beside" label={t('plan.template.beside')} />
              </Stack>
            </Radio.Group>
          )}
          {failure && (
            <Alert tone="bad" role="alert">
              {t('plan.problem', { why: failure })}
            </Alert>
          )}
          <p className="small">
            <Badge tone="careful">{template.reviewed ?? t('notReviewed')}</Badge>
          </p>
          <div className="actions">
            <Button disabled={needsSide && !affected} onClick={use}>
              {t('plan.template.use')}
            </Button>
            <Button variant="default" onClick={() => setId('')}>
              {t('plan.template.others')}
            </Button>
          </div>
        </Stack>
      )}
    </Dialog>
  );
}
