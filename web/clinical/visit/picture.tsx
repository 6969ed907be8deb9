import { useEffect, useRef } from 'react';

/** What a stream shows. `mirrored`: the own picture, as people know themselves. */
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
