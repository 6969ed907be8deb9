// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';

/** Shows a stream. `mirrored`: the user's own picture, as in a mirror. */
export function Picture({
  stream,
  label,
  mirrored = false,
  muted = false,
}: {
  stream: MediaStream | undefined;
  label: string;
  mirrored?: boolean;
  muted?: boolean;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const here = video.current;
    if (!here) return undefined;
    here.srcObject = stream ?? null;
    // Where the browser wants a touch first: the one that led here was one.
    void here.play().catch(() => {});
    return () => {
      here.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={video}
      className={mirrored ? 'mirrored' : undefined}
      autoPlay
      playsInline
      muted={muted}
      aria-label={label}
    />
  );
}
