// SPDX-License-Identifier: Apache-2.0
import type { EffortScale, EnduranceRequest, Programme } from 'reprise-engine';

/** A session that can be done. */
export type Asked = EnduranceRequest & { activity: NonNullable<EnduranceRequest['activity']>; scale: EffortScale };

const isOffered = (one: EnduranceRequest): one is Asked =>
  one.activity !== null && one.scale !== null && one.problem === null;

export const findAsked = ({ endurance }: Programme, request: string | undefined) =>
  endurance.filter(isOffered).find((one) => one.request === request);
