// SPDX-License-Identifier: Apache-2.0
// A programme while a clinician writes it. The engine reads it from the record and writes it (care/plan); here is what
// the page decides about it. Pure but for the engine.
import type { CarePlan, CodeableConcept, ServiceRequest } from 'fhir/r4';
import type { ProgrammeDraft, ProgrammeItem, ProgrammeWriting, Reprise, Sides } from 'reprise-engine';
import { sidesIn } from '../../clinical/chart/records.ts';
import type { CatalogFile } from './catalog.ts';

export type { ProgrammeDraft as Draft, ProgrammeItem as Item, RangeLimit, Sides } from 'reprise-engine';

export const SIDES = ['left', 'right', 'both'] as const;
export const BEARINGS = ['none', 'partial', 'full'] as const;
export type Bearing = (typeof BEARINGS)[number];

/** What the record has; nothing of a patient without a programme. */
export interface Base {
  plan: CarePlan | undefined;
  requests: readonly ServiceRequest[];
}

const recorded = ({ plan, requests }: Base, files: ReadonlyMap<string, CatalogFile>) => ({
  plan: plan ?? null,
  requests,
  exercises: [...files.values()].map(({ id, text, primary: { measure }, dosage }) => ({
    id,
    name: text.en?.name ?? id,
    measure,
    dosage,
  })),
});

/**
 * Reads the record's programme. `today`, `affected`: the first day and the side of a programme that is none yet.
 * `sent`: ids of the record by the keys of items that this page sent.
 */
export const draftOf = (
  reprise: Reprise,
  base: Base,
  files: ReadonlyMap<string, CatalogFile>,
  today: string,
  affected: Sides | null = null,
) => reprise.programmeDraft({ ...recorded(base, files), start: today, affected });

/** Recognizes sent items whose response was lost, and gives them the id of the record. */
export const recognized = (items: readonly ProgrammeItem[], sent: Readonly<Record<string, string>>): ProgrammeItem[] =>
  items.map((item) => {
    const id = sent[item.key];
    return id ? { ...item, key: id, fresh: false } : item;
  });

/** A draft as a device may have kept it before exercises had a target for a muscle, or a leg a limit of its load. */
export const asNow = (draft: ProgrammeDraft): ProgrammeDraft => ({
  ...draft,
  loadLimit: draft.loadLimit ?? null,
  loadLimitUnread: draft.loadLimitUnread ?? false,
  items: draft.items.map((item) => ({ ...item, muscle: item.muscle ?? null })),
});

export interface Writing {
  patient: string;
  practitioner: string;
  name: string;
  now: string;
  simulated: boolean;
}

/** What the engine needs to write a draft. */
export const written = (
  base: Base,
  draft: ProgrammeDraft,
  files: ReadonlyMap<string, CatalogFile>,
  { patient, practitioner, now, simulated }: Writing,
): ProgrammeWriting => ({ ...recorded(base, files), draft, patient, practitioner, now, simulated });

/** Returns the sides to choose from; empty if the exercise has no sides. */
export const sidesOf = (file: CatalogFile): readonly Sides[] =>
  file.sides.sided ? (file.sides.choices ?? ['left', 'right']) : [];

/** The side of the open problems; null where they name none, or not the same. */
export function problemSide(conditions: readonly { bodySite?: CodeableConcept[] | undefined }[]): Sides | null {
  const sides = new Set(conditions.flatMap(({ bodySite }) => sidesIn(bodySite) ?? []));
  const [one] = sides;
  return sides.size === 1 && one ? one : null;
}

/** Whether an exercise is done by the side that has no problem. */
export const isOtherSide = ({ side }: ProgrammeItem, problem: Sides | null) =>
  (problem === 'left' && side === 'right') || (problem === 'right' && side === 'left');

/**
 * Returns an exercise as its file proposes it. `affected`: the side of a one-sided exercise; null: the clinician has to
 * choose.
 */
export function freshItem(key: string, file: CatalogFile, affected: Sides | null): ProgrammeItem {
  const side = sidesOf(file).find((one) => one === affected) ?? null;
  return {
    key,
    fresh: true,
    canonical: `urn:reprise:exercise:${file.id}|${file.version}`,
    exercise: file.id,
    side,
    sets: file.dosage.sets,
    repetitions: file.dosage.repetitions,
    hold: file.dosage.hold_s ?? null,
    rest: file.dosage.rest_s,
    days: file.dosage.days_per_week,
    load: null,
    ceiling: null,
    target: null,
    muscle: null,
    camera: true,
    helper: false,
    support: '',
    instruction: '',
  };
}
