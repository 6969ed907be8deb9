// SPDX-License-Identifier: Apache-2.0
// A draft with all that is known about it: the programme that it makes, contraindications and proposals of each item.
import { useCallback, useDeferredValue, useEffect, useMemo } from 'react';
import { RepriseError, type Exercise, type IntensityProposal, type Reprise } from 'reprise-engine';
import { canonicalsIn } from '../../fhir/resources.ts';
import { dayOf } from '../../fhir/results.ts';
import { openProblems } from '../../clinical/chart/conditions.ts';
import type { Known } from './catalog.ts';
import { changesBetween } from './changes.ts';
import { boundOf, checkOf, contraindicationsOf } from './check.ts';
import { isOtherSide, problemSide, sidesOf } from './draft.ts';
import type { Row } from './items.tsx';
import type { Knowledge, Loaded } from './load.ts';
import { undecided } from './proposals.ts';
import type { Builder } from './use_builder.ts';

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

/** Of the programme as the record has it, whatever the draft makes of it. */
function useProposals(reprise: Reprise, all: readonly Known[], loaded: Loaded | undefined): IntensityProposal[] {
  return useMemo(() => {
    if (!loaded?.base.plan) return [];
    const named = canonicalsIn(loaded.texts.plan).exercises;
    const definitions = JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: all
        .filter(({ definition: { url = '' } }) => named.includes(url))
        .map(({ definition }) => ({ resource: definition })),
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

/** Returns undefined before the programme is loaded. */
export function useCheckedDraft(reprise: Reprise, knowledge: Knowledge, builder: Builder) {
  const figureOf = useFigures(reprise, knowledge);
  const { state, writing } = builder;
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
            state.base,
            knowledge.catalog,
            builder.files,
            [state.loaded.texts.patient, state.loaded.texts.consents],
            writing,
          )
        : undefined,
    [reprise, draft, state, knowledge, builder.files, writing],
  );
  const proposals = useProposals(reprise, all, state?.loaded);
  if (!state || !writing || !draft) return undefined;

  const { loaded, before } = state;
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
  // The checked programme is the one that is sent.
  const ready =
    draft === state.draft &&
    (changes.length > 0 || state.decisions.length > 0) &&
    wrong === 0 &&
    sideless === 0 &&
    state.draft.items.length > 0;
  return {
    all,
    uses,
    figureOf,
    contraindications,
    rows,
    programme: checked?.programme,
    /** Of the whole programme. */
    trouble: checked?.problems.get(''),
    changes,
    conditions,
    problem,
    against,
    sideless,
    other,
    wrong,
    ready,
  };
}
