// SPDX-License-Identifier: Apache-2.0
// Messages between a patient and the clinic, as FHIR Communications: docs/clinician/messages.md.
import type { Binary, Communication, Practitioner, RelatedPerson } from 'fhir/r4';
import { carerOf, type Carer } from '../fhir/carers.ts';
import { cleanText, SIMULATED } from '../fhir/questionnaire/response.ts';
import type { Unsent } from './local_store.ts';
import {
  attachmentOf,
  binariesIn,
  isTextOrPicture,
  picturesOf,
  type MessagePicture,
  type PictureDraft,
} from './message_pictures.ts';
import { isVideo, videoAttachment, videosOf, type MessageVideo, type VideoDraft } from './message_videos.ts';
import { nameOf, photoOf } from '../fhir/people.ts';
import { resourcesIn } from '../fhir/resources.ts';
import { closes, codesOf } from '../fhir/unanswered.ts';

const SYSTEM = 'urn:reprise:communication';
const UUIDS = 'urn:ietf:rfc:3986';
const CODES = { message: 'message', erasure: 'erasure-request', settled: 'no-answer-needed' } as const;
/** `settled`: a clinician says that what the patient wrote needs no answer. */
export type Kind = keyof typeof CODES;
export const MOST_LETTERS = 2000;

export interface Message {
  /** Its UUID where it has one, else the record's id. */
  id: string;
  kind: Kind;
  own: boolean;
  /** In the record. */
  recordId: string | undefined;
  sender: string | undefined;
  /** Who wrote it, where the record says so. */
  by: string | undefined;
  /** The face of who wrote it, as the address of a picture. */
  face: string | undefined;
  /** The carer who wrote it for the patient. */
  carer?: Carer;
  text: string;
  sent: string;
  /** When the record received it; undefined: not yet, as far as this device knows. */
  arrived: string | undefined;
  refused: boolean;
  /** A person's answer, or their word that none is needed. */
  closes: boolean;
  /** Sent by a page together with something else, as a changed programme: no answer to what the patient asked. */
  notice: boolean;
  /** Of a notice: why, in the clinician's words. It is part of the text, too. */
  reason: string | undefined;
  /** Something is in it that is no text, no picture and no video. */
  more: boolean;
  pictures: readonly MessagePicture[];
  videos: readonly MessageVideo[];
}

export interface Draft {
  id: string;
  kind: Kind;
  text: string;
  patient: string;
  teams: readonly string[];
  simulated: boolean;
  sent: string;
  pictures?: readonly PictureDraft[];
  videos?: readonly VideoDraft[];
}

interface Written {
  id: string;
  kind: Kind;
  notice?: boolean;
  text?: string;
  reason?: string;
  patient: string;
  simulated: boolean;
  sent: string;
  sender: string;
  recipients: readonly string[];
  pictures?: readonly PictureDraft[];
  videos?: readonly VideoDraft[];
}

const coded = (code: string) => ({ coding: [{ system: SYSTEM, code }] });

const payloadOf = (text: string) => ({ contentString: cleanText(text).slice(0, MOST_LETTERS) });

const written = ({
  id,
  kind,
  notice = false,
  text,
  reason,
  patient,
  simulated,
  sent,
  sender,
  recipients,
  pictures = [],
  videos = [],
}: Written) => ({
  resourceType: 'Communication',
  ...(simulated && { meta: SIMULATED }),
  identifier: [{ system: UUIDS, value: `urn:uuid:${id}` }],
  status: 'completed',
  category: [coded(CODES[kind]), ...(notice ? [coded('notice')] : [])],
  subject: { reference: `Patient/${patient}` },
  ...(recipients.length > 0 && { recipient: recipients.map((reference) => ({ reference })) }),
  sender: { reference: sender },
  sent,
  ...(text !== undefined && {
    payload: [
      ...[text, reason].flatMap((one) => (one ? payloadOf(one) : [])),
      ...pictures.map(attachmentOf),
      ...videos.map(videoAttachment),
    ],
  }),
});

/** What a patient writes. */
export const communicationOf = ({ teams, ...draft }: Draft) =>
  written({ ...draft, sender: `Patient/${draft.patient}`, recipients: teams.map((team) => `CareTeam/${team}`) });

type Answer = Omit<Draft, 'teams' | 'kind'> & { practitioner: string };

/**
 * What a clinician answers. `notice`: it goes along with something else that the clinician did, and answers nothing;
 * `reason`: why they did it.
 */
export const answerOf = ({ practitioner, ...answer }: Answer & { notice?: boolean; reason?: string }) =>
  written({
    ...answer,
    kind: 'message',
    sender: `Practitioner/${practitioner}`,
    recipients: [`Patient/${answer.patient}`],
  });

/** Returns a clinician's note that these messages need no answer. It is for the clinic, so it has no recipient. */
export const settledBy = ({ practitioner, about, ...rest }: Omit<Answer, 'text'> & { about: readonly string[] }) => ({
  ...written({ ...rest, kind: 'settled', sender: `Practitioner/${practitioner}`, recipients: [] }),
  inResponseTo: about.map((id) => ({ reference: `Communication/${id}` })),
});

function kindOf(codes: readonly (string | undefined)[]): Kind | undefined {
  if (codes.includes(CODES.settled)) return 'settled';
  return codes.includes(CODES.erasure) ? 'erasure' : codes.includes(CODES.message) ? 'message' : undefined;
}

function messageOf(
  one: Communication,
  patient: string,
  people: readonly Practitioner[],
  binaries: readonly Binary[],
  carers: readonly RelatedPerson[],
): Message[] {
  const codes = codesOf(one);
  const kind = kindOf(codes);
  const parts = (one.payload ?? []).flatMap(({ contentString }) => (contentString ? [contentString] : []));
  const text = parts.join('\n');
  const notice = codes.includes('notice');
  const more = !(one.payload ?? []).every((part) => isTextOrPicture(part) || isVideo(part));
  const pictures = picturesOf(one, binaries);
  const videos = videosOf(one, binaries);
  const arrived = one.meta?.lastUpdated;
  if (
    !kind ||
    one.status !== 'completed' ||
    one.subject?.reference !== `Patient/${patient}` ||
    (text === '' && !more && pictures.length + videos.length === 0 && kind !== 'settled')
  )
    return [];
  const uuid = one.identifier
    ?.find(({ system, value }) => system === UUIDS && value?.startsWith('urn:uuid:'))
    ?.value?.slice('urn:uuid:'.length);
  const carer = carerOf(one.sender?.reference, carers);
  const author = people.find(({ id }) => id !== undefined && one.sender?.reference === `Practitioner/${id}`);
  return [
    {
      id: uuid ?? one.id ?? '',
      recordId: one.id,
      sender: one.sender?.reference,
      kind,
      text,
      arrived,
      more,
      pictures,
      videos,
      refused: false,
      closes: closes(one),
      notice,
      reason: notice ? parts[1] : undefined,
      own: one.sender?.reference === `Patient/${patient}` || carer !== undefined,
      by: author && nameOf(author),
      face: author && photoOf(author),
      ...(carer && { carer }),
      sent: one.sent ?? arrived ?? '',
    },
  ];
}

/** What the record has. */
export function messagesIn(bundles: readonly string[], patient: string): Message[] {
  const people = resourcesIn<Practitioner>(bundles, 'Practitioner');
  const binaries = binariesIn(bundles);
  const carers = resourcesIn<RelatedPerson>(bundles, 'RelatedPerson');
  return resourcesIn<Communication>(bundles, 'Communication').flatMap((one) =>
    messageOf(one, patient, people, binaries, carers),
  );
}

/** What waits on the device. */
export function messagesWaiting(waiting: readonly Unsent[], patient: string): Message[] {
  return waiting
    .filter(({ kind }) => kind === 'message')
    .flatMap(({ bundle, refused }) =>
      messagesIn([bundle], patient).map((message) => ({ ...message, refused: refused !== undefined })),
    );
}

/** All of them, each once, the newest last. Lists that come first know more. */
export function joined(...lists: readonly (readonly Message[])[]): Message[] {
  const byId = new Map<string, Message>();
  for (const message of lists.flat()) if (!byId.has(message.id)) byId.set(message.id, message);
  // Zones differ, so that the texts do not sort.
  return [...byId.values()].sort((a, b) => Date.parse(a.sent) - Date.parse(b.sent));
}

/** Returns the clinic's messages that arrived after `readUpTo`, the last moment read on this device. */
export const unreadIn = (messages: readonly Message[], readUpTo: string | undefined) =>
  messages.filter(
    ({ own, arrived }) =>
      !own && arrived !== undefined && (readUpTo === undefined || Date.parse(arrived) > Date.parse(readUpTo)),
  );

/** Returns when the last of these messages arrived: a reader of all of them has read up to then. */
export function lastArrived(messages: readonly Message[]): string | undefined {
  return messages
    .flatMap(({ arrived }) => (arrived ? [arrived] : []))
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}
