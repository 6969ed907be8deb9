// SPDX-License-Identifier: Apache-2.0
// A patient's carers, as the server lists them.
import type { Relation } from '../fhir/carers.ts';
import { ask } from './api.ts';

export interface ListedCarer {
  id: string;
  login: string;
  name: string;
  relationship: Relation;
  hasPassword: boolean;
  since: string;
  invitedUntil?: string;
}

export interface CarerLink {
  id: string;
  link: string;
  qr: string;
  endsAt: string;
}

/** `words`: the text as shown and agreed to. */
export interface NewCarer {
  name: string;
  relationship: Relation;
  login: string;
  language: string;
  words: string;
}

export const loadCarers = async (patient: string) =>
  (await ask<{ carers: ListedCarer[] }>('GET', `carers?patient=${patient}`)).carers;
export const inviteCarer = (carer: NewCarer) => ask<CarerLink>('POST', 'carers', { ...carer });
export const inviteCarerAgain = (id: string) => ask<CarerLink>('POST', `carers/${id}/invitation`, {});
export const endCarer = (id: string) => ask('DELETE', `carers/${id}`);
