// SPDX-License-Identifier: Apache-2.0
// The phone's level, from its own sensor: how far the camera is turned clockwise (roll) and looks down (pitch).
import { useEffect, useState } from 'react';

export interface Level {
  roll_deg: number;
  pitch_deg: number;
}

const RAD = Math.PI / 180;
const within180 = (degrees: number) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/**
 * Of the angles of a DeviceOrientationEvent and the screen's own turn. The vertical in the device's axes is the third
 * row of the rotation Z-X'-Y'' that the W3C's specification defines; a device turned clockwise sees it turned the other
 * way round.
 */
export function levelOf(beta_deg: number, gamma_deg: number, screen_deg: number): Level {
  const [beta, gamma] = [beta_deg * RAD, gamma_deg * RAD];
  const up = [-Math.cos(beta) * Math.sin(gamma), Math.sin(beta), Math.cos(beta) * Math.cos(gamma)] as const;
  const roll = Math.atan2(-up[0], up[1]) / RAD;
  return {
    roll_deg: within180(roll + screen_deg),
    pitch_deg: Math.asin(Math.min(1, Math.max(-1, up[2]))) / RAD,
  };
}

/**
 * Of the camera that looks: one beside the screen sees everything from the other side. Undefined where it is not known
 * which one looks, as of a camera on a cable, which the phone's sensor does not feel.
 */
export function levelOfCamera(level: Level | undefined, facing: 'user' | 'environment' | undefined): Level | undefined {
  if (!level || !facing) return undefined;
  return facing === 'environment' ? level : { roll_deg: -level.roll_deg, pitch_deg: -level.pitch_deg };
}

interface WithPermission {
  requestPermission?: () => Promise<string>;
}

/** Phones of one maker ask; others are allowed at once. False where the person refuses or there is no sensor. */
export async function allowLevel(): Promise<boolean> {
  if (typeof DeviceOrientationEvent === 'undefined') return false;
  const { requestPermission } = DeviceOrientationEvent as unknown as WithPermission;
  if (!requestPermission) return true;
  return requestPermission().then(
    (said) => said === 'granted',
    () => false,
  );
}

/** Undefined until the device says something. */
export function useLevel(on: boolean): Level | undefined {
  const [level, setLevel] = useState<Level>();
  useEffect(() => {
    if (!on) return undefined;
    const feel = ({ beta, gamma }: DeviceOrientationEvent) => {
      if (beta !== null && gamma !== null) setLevel(levelOf(beta, gamma, window.screen.orientation?.angle ?? 0));
    };
    window.addEventListener('deviceorientation', feel);
    return () => window.removeEventListener('deviceorientation', feel);
  }, [on]);
  return on ? level : undefined;
}
