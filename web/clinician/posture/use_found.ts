// SPDX-License-Identifier: Apache-2.0
// The points that the networks find in a photo, and the values that points give.
import { useEffect, useState } from 'react';
import type { PosturePicture, PosturePointName, PostureResult, PostureView, Reprise } from 'reprise-engine';
import { findPoints, type Found, type Photo } from './photo.ts';
import { pointsOf, type PagePoint } from './points.ts';
import type { EarlierPosture } from './record.ts';
import type { Setup } from './setup.tsx';

export type Finding = { kind: 'loading'; share: number } | Found;

/** Finds the points anew whenever what they depend on changes. */
export function useFound(photo: Photo, setup: Setup, person: number) {
  const [finding, setFinding] = useState<Finding>({ kind: 'loading', share: 0 });
  const { view, mirrored } = setup;
  useEffect(() => {
    let over = false;
    setFinding({ kind: 'loading', share: 0 });
    const shown = (share: number) => {
      if (!over) setFinding((now) => (now.kind === 'loading' ? { kind: 'loading', share } : now));
    };
    void findPoints(photo, { view, mirrored, person }, shown).then((found) => {
      if (!over) setFinding(found);
    });
    return () => {
      over = true;
    };
  }, [photo, view, mirrored, person]);
  return finding;
}

/** New automatic points, and those that a person placed, as far as the view has them. */
export function withPlaced(view: PostureView, found: readonly PagePoint[], now: readonly PagePoint[]): PagePoint[] {
  const names = pointsOf(view);
  const isFound = (name: PosturePointName) => found.some(({ point }) => point === name);
  return [
    ...found,
    ...now.filter(({ point, origin }) => origin === 'placed' && names.includes(point) && !isFound(point)),
  ];
}

export function measured(
  reprise: Reprise | undefined,
  picture: PosturePicture,
  photo: Photo,
  simulated: boolean,
  last: EarlierPosture | undefined,
): { result?: PostureResult; exchanged?: boolean } {
  if (!reprise || picture.points.length === 0) return {};
  try {
    const result = reprise.posture({
      pictures: [picture],
      startedAt: photo.takenAt,
      duration_s: 0,
      simulated,
      earlier: last?.document ?? null,
    });
    return { result };
  } catch (error) {
    // A last posture that this engine cannot read must not hide the values of this one.
    if (last) return measured(reprise, picture, photo, simulated, undefined);
    // Points that give nothing yet are no failure.
    return { exchanged: /not where|does not face/.test(String(error)) };
  }
}
