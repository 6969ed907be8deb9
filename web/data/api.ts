// SPDX-License-Identifier: Apache-2.0
// What the server answers, and how it is asked: JSON below /auth, FHIR below /fhir. Times are ISO 8601 in UTC.
import type { OperationOutcome } from 'fhir/r4';
import { inOwnName } from './own_name.ts';
import { upload, type OnSent } from './upload.ts';

export type Role = 'patient' | 'clinician' | 'administrator';
export const ROLES: readonly Role[] = ['patient', 'clinician', 'administrator'];

export interface Session {
  stage: 'none' | 'second-factor' | 'enrolment' | 'full';
  account?: {
    id: string;
    name: string;
    role: Role;
    person?: string;
    hasSecondFactor: boolean;
    /** Of a carer: the patient who is helped, and the own RelatedPerson (web/data/own_name.ts). */
    helps?: string;
    carer?: string;
  };
  csrf?: string;
  endsAt?: string;
  idleSeconds?: number;
  recoveryCodesLeft?: number;
  /** Whether a session may stay on the device, how long at most, and whether staff may choose it, too. */
  stay?: { days: number; staff: boolean };
  /** The clinic's further languages, such as "ar"; not known without a network. */
  extraLanguages?: readonly string[];
  /** The origin at which the server takes passkeys; absent: it has no address for them. */
  passkeys?: string;
  /** Whether the server mails a link to a new password to who forgot theirs. */
  mailsPasswordResets?: boolean;
  /** For people without an account, as the server is configured; empty: not known. */
  clinic?: { name: string; phone: string; emergencyNumber: string };
  /** Of a demonstration: of how many simulated patients the history is complete, while it is being written. */
  filling?: { patients: number; of: number };
  /** Of the account alone: what stays on a device after signing out is encrypted by it (web/data/locked.ts). */
  deviceKey?: string;
}

export interface Enrolment {
  secret: string;
  uri: string;
  qr: string;
}
export interface Enrolled {
  recoveryCodes: string[];
  session: Session;
}
export interface OpenSession {
  id: string;
  current: boolean;
  createdAt: string;
  seenAt: string;
  endsAt: string;
  /** It stays on its device by choice. */
  stays: boolean;
  address: string;
  userAgent: string;
}
export interface Invitation {
  name: string;
  role: Role | 'carer';
  endsAt?: string;
}
/** Of a mailed link to a new password. */
export interface PasswordReset {
  name: string;
  endsAt: string;
}
/** Without a link: only its owner's mail has it; `waiting`: a second person must ask for it, too. */
export interface InvitationLink {
  link?: string;
  qr?: string;
  endsAt: string;
  mailed?: boolean;
  waiting?: boolean;
}
export interface AccountEvent {
  kind:
    | 'mail'
    | 'invitation'
    | 'password'
    | 'second-factor'
    | 'clinician'
    | 'care-team'
    | 'reset'
    | 'passkey-added'
    | 'passkey-removed';
  account: string;
  patient: string;
  by: string;
  at: string;
}
/** A request that waits until a second person makes it, too. */
export interface FirstRequest {
  by: string;
  name: string;
  at: string;
}
export interface EmergencyAccess {
  patient: string;
  by: string;
  reason: string;
  startsAt: string;
  endsAt: string;
}
export interface Token {
  id: string;
  name: string;
  scopes: string[];
  patient?: string;
  createdAt: string;
  endsAt?: string;
}

export interface Account {
  id: string;
  name: string;
  role: Role;
  person?: string;
  mail?: string;
  hasPassword: boolean;
  hasSecondFactor: boolean;
  disabled: boolean;
  createdAt: string;
  /** An invitation can be used until then. */
  invitedUntil?: string;
  invitationAsked?: FirstRequest;
  removalAsked?: FirstRequest;
}

const CODES = [
  'wrong-credentials',
  'wrong-code',
  'wait',
  'weak-password',
  'name-taken',
  'person-taken',
  'invalid',
  'ended',
  'changed',
  'no-session',
  'csrf',
  'not-allowed',
  'not-found',
  'busy',
  'unreachable',
  'unexpected',
  'wrong-password',
  'too-old',
  'proof',
  'visit-early',
  'visit-over',
  'visit-no-consent',
  'visit-elsewhere',
  'visit-left',
  'passkey-existing',
  'passkey-failed',
  'passkey-late',
  'passkey-refused',
] as const;
export type FailureCode = (typeof CODES)[number];

/** Says why a request failed; the pages translate the code. */
export class Failure extends Error {
  /** When the server accepts another attempt, in milliseconds. */
  readonly retryAt: number;

  constructor(
    readonly code: FailureCode,
    readonly waitSeconds = 0,
    readonly status = 0,
  ) {
    super(code);
    this.retryAt = Date.now() + waitSeconds * 1000;
  }
}

/** Returns why the server refused; "unexpected" for any other error. */
export const codeOf = (error: unknown): FailureCode => (error instanceof Failure ? error.code : 'unexpected');

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Failure)) console.error(error);
  return error instanceof Failure ? error : new Failure('unexpected');
}

let csrf: string | undefined;
let asked = 0;
let askSession: () => Promise<Failure | undefined> = async () => undefined;

/** When the server was asked for something, in milliseconds. */
export const lastAsked = () => asked;

/** The token that a request of the present session shows. */
export function setCsrf(token: string | undefined) {
  csrf = token;
}

/**
 * Called when the server says that the session has ended or is another one; says why no session is known afterwards.
 */
export function onOtherSession(callback: () => Promise<Failure | undefined>) {
  askSession = callback;
}

// What /fhir answers has no words of ours.
const BY_STATUS: Record<number, FailureCode> = {
  401: 'no-session',
  403: 'not-allowed',
  404: 'not-found',
  410: 'not-found',
  429: 'wait',
  503: 'busy',
};

async function failureIn(response: Response): Promise<Failure> {
  const outcome = (await response.json().catch(() => undefined)) as OperationOutcome | undefined;
  const said = outcome?.issue?.[0]?.details?.coding?.[0]?.code;
  const code = CODES.find((known) => known === said) ?? BY_STATUS[response.status] ?? 'unexpected';
  return new Failure(
    code,
    code === 'wait' ? Math.max(1, Number(response.headers.get('retry-after')) || 1) : 0,
    response.status,
  );
}

/**
 * Who is silent for so long is not there; a network that swallows everything would keep the pages waiting for minutes.
 * Results may take longer: they are larger, and no one waits for them.
 */
const PATIENCE_MS = { ask: 15_000, record: 30_000, results: 120_000 } as const;
/** The server takes no slower client (server/budget/limits.h). */
const LEAST_BYTES_PER_MS = 8;

interface Sent {
  type: string;
  body?: string | Blob | undefined;
  prefer?: string;
  patience: keyof typeof PATIENCE_MS;
  last?: boolean;
  /** Told how much of a Blob has been sent. */
  onSent?: OnSent | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function send(
  method: Method,
  address: string,
  { type, body, prefer, patience, last = false, onSent }: Sent,
): Promise<Response> {
  const headers: Record<string, string> = { accept: type };
  if (body !== undefined) headers['content-type'] = type;
  if (prefer) headers.prefer = prefer;
  if (method !== 'GET' && csrf) headers['x-csrf-token'] = csrf;
  asked = Date.now();
  const silence = new AbortController();
  const toSend = body instanceof Blob ? body.size / LEAST_BYTES_PER_MS : 0;
  setTimeout(() => silence.abort(), PATIENCE_MS[patience] + toSend); // also while the answer is read
  let response: Response;
  try {
    const { signal } = silence;
    response =
      onSent && body instanceof Blob
        ? await upload(address, { method, headers, body, signal }, onSent)
        : await fetch(address, {
            method,
            headers,
            cache: 'no-store',
            signal,
            keepalive: last,
            ...(body !== undefined && { body }),
          });
  } catch {
    throw new Failure('unreachable');
  }
  if (!response.ok) {
    const failure = await failureIn(response);
    // The record's 403 may mean the token, after another window signed in.
    const ofSession = response.status === 403 && method !== 'GET' && failure.code !== 'proof';
    if (failure.code === 'no-session' || failure.code === 'csrf' || ofSession) void askSession();
    throw failure;
  }
  return response;
}

/** What the answer says; an answer that breaks off is none. */
const read = <T>(work: Promise<T>): Promise<T> =>
  work.catch(() => {
    throw new Failure('unreachable');
  });

let askProof: (() => Promise<boolean>) | undefined;

/**
 * Called when the server wants the password or a code once more; says whether it was shown. Returns how to stop that.
 */
export function onProof(callback: () => Promise<boolean>): () => void {
  askProof = callback;
  return () => {
    if (askProof === callback) askProof = undefined;
  };
}

/**
 * Asks the server; throws a Failure. Where it answers nothing (204), so does this. What wants a password or code once
 * more goes on after it.
 */
export async function ask<T = undefined>(
  method: Method,
  path: string,
  body?: object,
  patience: keyof typeof PATIENCE_MS = 'ask',
): Promise<T> {
  const once = () =>
    send(method, `/auth/${path}`, { type: 'application/json', body: body && JSON.stringify(body), patience });
  const response = await once().catch(async (error: unknown) => {
    if (error instanceof Failure && error.code === 'proof' && (await askProof?.())) return once();
    throw error;
  });
  return (response.status === 204 ? undefined : await read(response.json())) as T;
}

/** Asks about a video visit, as above. `last`: the page is being closed. */
export async function askVisit<T = undefined>(
  method: Method,
  path: string,
  body?: object,
  { last = false } = {},
): Promise<T> {
  const response = await send(method, `/visits/${path}`, {
    type: 'application/json',
    body: body && JSON.stringify(body),
    patience: 'ask',
    last,
  });
  return (response.status === 204 ? undefined : await read(response.json())) as T;
}

/** Asks the record; the answer as the text of a resource. Throws a Failure. */
export async function fhirRead(path: string): Promise<string> {
  return read((await send('GET', `/fhir/${path}`, { type: 'application/fhir+json', patience: 'record' })).text());
}

/** Sends a film of an exercise, or its poster. Returns the id of its Binary; throws a Failure. */
export async function sendFilm(bytes: Blob, type: string, onSent?: OnSent): Promise<string> {
  const answer = await send('POST', '/exercise-films', { type, body: bytes, patience: 'results', onSent });
  return ((await read(answer.json())) as { id: string }).id;
}

/** Erases all films that a Library ever named. Throws a Failure. */
export async function eraseFilms(library: string) {
  await send('DELETE', `/exercise-films/${library}`, { type: 'application/json', patience: 'ask' });
}

let author: Session['account'];

/** The account in whose name everything is sent. */
export function setAuthor(account: Session['account']) {
  author = account;
}

/**
 * Sends a transaction; throws a Failure, whose status tells whether it may be sent again. What the entries are in the
 * record, in their order: "Patient/17".
 */
export async function sendTransaction(bundle: string): Promise<string[]> {
  // Opened while the server was away, a page has none yet. What waits is sent once it is known whose page it is.
  if (!csrf) throw (await askSession()) ?? new Failure('csrf');
  const answer = await send('POST', '/fhir', {
    type: 'application/fhir+json',
    body: inOwnName(bundle, author),
    prefer: 'return=minimal',
    patience: 'results',
  });
  const { entry = [] } = (await read(answer.json())) as { entry?: { response?: { location?: string } }[] };
  return entry.map(
    ({ response }) => /([A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(response?.location ?? '')?.[1] ?? '',
  );
}
