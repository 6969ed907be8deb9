// SPDX-License-Identifier: Apache-2.0
// Reads and writes a note as a FHIR Composition: docs/clinician/notes.md. Pure.
import type { Composition, Coding, CompositionSection } from 'fhir/r4';
import type { Stored } from '../../fhir/resources.ts';

export const LOINC = 'http://loinc.org';
/** The parts of a note, in this order. */
export const SOAP = { subjective: '61150-9', objective: '61149-1', assessment: '51848-0', plan: '18776-5' } as const;
export const PARTS = ['subjective', 'objective', 'assessment', 'plan', 'addendum'] as const;
export type Part = (typeof PARTS)[number];
const TITLES: Record<Part, string> = {
  subjective: 'Subjective',
  objective: 'Objective',
  assessment: 'Assessment',
  plan: 'Plan',
  addendum: 'Addendum',
};
const SOAP_PARTS = ['subjective', 'objective', 'assessment', 'plan'] as const;

export type Note = Stored<Composition>;

export interface Evidence {
  reference: string;
  words: string;
}
/** The typed text. `evidence`: the inserted texts, each with its source. */
export interface Words {
  title: string;
  parts: Partial<Record<Part, string>>;
  evidence: Evidence[];
}

export const isDraft = ({ status }: Note) => status === 'preliminary';
export const isSigned = ({ status }: Note) => status === 'final' || status === 'amended';
export const isWrong = ({ status }: Note) => status === 'entered-in-error';
/** The id of the note to which this one is an addendum. */
export const appendsTo = ({ relatesTo = [] }: Note) =>
  relatesTo.find(({ code }) => code === 'appends')?.targetReference?.reference?.replace(/^Composition\//, '');
export const partsOf = (appends: string | undefined): readonly Part[] =>
  appends === undefined ? SOAP_PARTS : ['addendum'];

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
/** Replaces control characters, which FHIR does not allow in texts. */
const clean = (text: string) =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\n\t]/gu, ' ')
    .replace(/[\uD800-\uDFFF]/gu, '\uFFFD');

/** Converts typed text to a FHIR narrative. */
export function divOf(text: string): string {
  const paragraphs = clean(text)
    .trim()
    .split(/\n{2,}/)
    .map((one) => `<p>${escaped(one).replaceAll('\n', '<br/>')}</p>`);
  return `<div xmlns="http://www.w3.org/1999/xhtml">${paragraphs.join('')}</div>`;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

function character(name: string): string {
  const code = name.startsWith('#x')
    ? Number.parseInt(name.slice(2), 16)
    : name.startsWith('#')
      ? Number(name.slice(1))
      : undefined;
  if (code === undefined) return ENTITIES[name] ?? `&${name};`;
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

/** Converts any narrative to plain text. */
export function textOf(div: string | undefined): string {
  return (div ?? '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<\/(p|h[1-6]|table|ul|ol)>/g, '\n\n')
    .replace(/<\/(li|tr|div|dt|dd)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (_, name: string) => character(name))
    .replace(/[ \t]*\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Returns the text of a section and its subsections. */
const wordsIn = ({ text, section = [] }: CompositionSection): string =>
  [textOf(text?.div), ...section.map((one) => [one.title, wordsIn(one)].filter(Boolean).join('\n'))]
    .filter((one) => one !== '')
    .join('\n\n');

/** Finds the part by its code, else by its title. Notes of the simulated clinic and of other programs have either. */
function partOf({ title, code }: CompositionSection): Part | undefined {
  const said = code?.coding?.find(({ system }) => system === LOINC)?.code;
  return (
    SOAP_PARTS.find((part) => SOAP[part] === said) ??
    (said === undefined ? PARTS.find((part) => TITLES[part] === title) : undefined)
  );
}

export interface Shown {
  part: Part | undefined;
  title: string;
  text: string;
  evidence: Evidence[];
}

/** Returns all sections of a note, by any author. */
export const sectionsOf = ({ section = [] }: Note): Shown[] =>
  section.map((one) => ({
    part: partOf(one),
    title: one.title ?? '',
    text: wordsIn(one),
    evidence: (one.entry ?? []).flatMap(({ reference, display }) =>
      reference ? [{ reference, words: display ?? '' }] : [],
    ),
  }));

/** Returns a draft's text; undefined if it has content that the editor could not preserve. */
export function wordsOf(note: Note): Words | undefined {
  const known = partsOf(appendsTo(note));
  const words: Words = { title: note.title ?? '', parts: {}, evidence: [] };
  for (const { part, text, evidence } of sectionsOf(note)) {
    if (part === undefined || !known.includes(part) || words.parts[part] !== undefined) return undefined;
    words.parts[part] = text;
    words.evidence.push(...evidence);
  }
  return words;
}

export const isEmpty = ({ parts }: Words) => Object.values(parts).every((text) => text.trim() === '');

/** Returns the inserted texts that are unchanged in this part. */
export const evidenceStanding = ({ parts, evidence }: Words, part: Part) =>
  evidence.filter(
    ({ words }, i) =>
      words !== '' &&
      (parts[part] ?? '').includes(words) &&
      evidence.findIndex((other) => other.reference === evidence[i]?.reference && other.words === words) === i,
  );
/** Returns the inserted texts that were deleted or changed by hand. */
export const loosened = (words: Words) =>
  words.evidence.filter(
    (one) => one.words !== '' && !Object.values(words.parts).some((text) => text.includes(one.words)),
  );

/** Checks if two texts are the same. */
export const same = (a: Words, b: Words) => {
  const text = ({ title, parts }: Words) =>
    JSON.stringify([clean(title).trim(), ...PARTS.map((part) => textOf(divOf(parts[part] ?? '')))]);
  return text(a) === text(b);
};

/** Merges two texts, and keeps both where they differ. */
export function joinedWords(mine: Words, theirs: Words): Words {
  const parts = Object.fromEntries(
    PARTS.flatMap((part) => {
      const [own, other] = [(mine.parts[part] ?? '').trim(), (theirs.parts[part] ?? '').trim()];
      const text =
        own === '' || other.includes(own) ? other : other === '' || own.includes(other) ? own : `${own}\n\n${other}`;
      return text === '' ? [] : [[part, text]];
    }),
  );
  return { title: mine.title, parts, evidence: [...mine.evidence, ...theirs.evidence] };
}

export interface About {
  id: string;
  patient: string;
  /** The id of a Practitioner. */
  author: string;
  authorName: string;
  /** A FHIR dateTime. */
  date: string;
  simulated: boolean;
  appends?: string | undefined;
}

const TYPE: Coding = { system: LOINC, code: '11506-3', display: 'Progress note' };

/** Returns a new, empty draft. */
export function newNote({ id, patient, author, authorName, date, simulated, appends }: About): Note {
  return {
    resourceType: 'Composition',
    id,
    ...(simulated && {
      meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated', display: 'simulated: about no person' }] },
    }),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    status: 'preliminary',
    type: { coding: [TYPE], text: 'Progress note' },
    subject: { reference: `Patient/${patient}` },
    date,
    author: [{ reference: `Practitioner/${author}`, display: authorName }],
    title: '',
    ...(appends !== undefined && {
      relatesTo: [{ code: 'appends', targetReference: { reference: `Composition/${appends}` } }],
    }),
  };
}

/** Returns the note with this text. */
export function withWords(note: Note, words: Words): Note {
  const { section: _, ...kept } = note;
  const section = partsOf(appendsTo(note)).flatMap((part): CompositionSection[] => {
    const text = words.parts[part] ?? '';
    if (text.trim() === '') return [];
    const entry = evidenceStanding(words, part).map(({ reference, words: display }) => ({ reference, display }));
    return [
      {
        title: TITLES[part],
        ...(part !== 'addendum' && { code: { coding: [{ system: LOINC, code: SOAP[part] }] } }),
        text: { status: 'additional', div: divOf(text) },
        ...(entry.length > 0 && { entry }),
      },
    ];
  });
  return {
    ...kept,
    title: clean(words.title).trim() || (appendsTo(note) === undefined ? 'Progress note' : TITLES.addendum),
    ...(section.length > 0 && { section }),
  };
}

export const signedNote = (note: Note, practitioner: string, name: string, time: string): Note => ({
  ...note,
  status: 'final',
  attester: [{ mode: 'legal', time, party: { reference: `Practitioner/${practitioner}`, display: name } }],
});

const EXCERPT = 160;

/** Returns the first words of a note, which distinguish notes of one title. */
export function excerptOf(note: Note): string {
  const words =
    sectionsOf(note)
      .map(({ text }) => text.replace(/\s+/g, ' ').trim())
      .find((text) => text !== '') ?? '';
  return words.length <= EXCERPT ? words : `${words.slice(0, EXCERPT).replace(/\s+\S*$/, '')}…`;
}

/** Returns the note's type as the record names it. */
export const kindOf = ({ type }: Note) => type?.text ?? type?.coding?.find(({ display }) => display)?.display;

const at = ({ date }: Note) => Date.parse(date ?? '') || 0;

export interface Thread {
  note: Note;
  addenda: Note[];
}

/** Groups the notes: drafts first, then the newest. Addenda follow their note, the oldest first. */
export function threadsOf(notes: readonly Note[]): Thread[] {
  const ids = new Set(notes.map(({ id }) => id));
  const belongs = (note: Note) => {
    const to = appendsTo(note);
    return to !== undefined && ids.has(to) ? to : undefined;
  };
  const threads = notes
    .filter((note) => belongs(note) === undefined)
    .map(
      (note): Thread => ({
        note,
        addenda: notes.filter((one) => belongs(one) === note.id).sort((a, b) => at(a) - at(b)),
      }),
    );
  const open = ({ note, addenda }: Thread) => Number([note, ...addenda].some(isDraft));
  return threads.sort((a, b) => open(b) - open(a) || at(b.note) - at(a.note));
}

/** Returns when the last note was signed, in milliseconds. Later measurements are new. undefined: no signed note. */
export const lastSigned = (notes: readonly Note[]) =>
  notes.filter(isSigned).reduce((last, note) => Math.max(last, at(note)), 0) || undefined;
