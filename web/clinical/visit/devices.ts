// SPDX-License-Identifier: Apache-2.0
// Camera and microphone: each may be missing without the other, and a visit goes on without either.

export type Missing = 'refused' | 'absent' | 'in-use' | 'unsupported';
export type Kind = 'audio' | 'video';
export interface Found {
  track: MediaStreamTrack | null;
  missing?: Missing;
}
export type Devices = Record<Kind, Found>;

const WHY: Record<string, Missing> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'in-use',
  AbortError: 'in-use',
};

/** Returns the constraints for a device. `deviceId`: the chosen one; empty: any. */
const wanted = (kind: Kind, deviceId: string): MediaTrackConstraints => ({
  ...(deviceId && { deviceId: { exact: deviceId } }),
  ...(kind === 'video'
    ? { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } }
    : { echoCancellation: true, noiseSuppression: true }),
});

export async function openDevice(kind: Kind, deviceId = ''): Promise<Found> {
  if (!navigator.mediaDevices?.getUserMedia) return { track: null, missing: 'unsupported' };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ [kind]: wanted(kind, deviceId) });
    return { track: stream.getTracks()[0] ?? null };
  } catch (error) {
    const why = WHY[(error as DOMException).name] ?? 'in-use';
    // The chosen device is not there any more. Any other is used.
    if (why === 'absent' && deviceId) return openDevice(kind);
    return { track: null, missing: why };
  }
}

/** Opens both devices with one permission prompt; one by one if the browser refuses both. */
export async function openDevices(camera: string): Promise<Devices> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: wanted('audio', ''),
      video: wanted('video', camera),
    });
    return {
      audio: { track: stream.getAudioTracks()[0] ?? null },
      video: { track: stream.getVideoTracks()[0] ?? null },
    };
  } catch {
    return { audio: await openDevice('audio'), video: await openDevice('video', camera) };
  }
}

export const listDevices = async (): Promise<MediaDeviceInfo[]> =>
  (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];

/** Reports the level of a microphone, 0 to 1, ten times a second. Returns the function that stops it. */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyzer = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([track])).connect(analyzer);
  const samples = new Float32Array(analyzer.fftSize);
  const timer = setInterval(() => {
    analyzer.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    // 60 dB from silence to as loud as it gets.
    onLevel(Math.max(0, Math.min(1, 1 + (10 * Math.log10(power + 1e-9)) / 60)));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
