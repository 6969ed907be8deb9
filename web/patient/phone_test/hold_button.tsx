// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

/** A touch in a pocket does not last so long. Unsourced default. */
const HOLD_MS = 2000;

/** A button that acts only after it was held, by finger or key. `goesOn`: it ends nothing. */
export function HoldButton({
  label,
  holding,
  goesOn = false,
  onHeld,
}: {
  label: string;
  holding: string;
  goesOn?: boolean;
  onHeld: () => void;
}) {
  const [held, setHeld] = useState(false);
  const act = useRef(onHeld);
  useEffect(() => {
    act.current = onHeld;
  }, [onHeld]);
  useEffect(() => {
    if (!held) return undefined;
    const timer = setTimeout(() => {
      setHeld(false);
      act.current();
    }, HOLD_MS);
    return () => clearTimeout(timer);
  }, [held]);
  const begin = ({ currentTarget, pointerId }: PointerEvent<HTMLButtonElement>) => {
    currentTarget.setPointerCapture(pointerId);
    setHeld(true);
  };
  const end = () => setHeld(false);
  const key = (down: boolean) => (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    setHeld(down);
  };
  return (
    <Button
      className="hold-button"
      size="xl"
      color={goesOn ? 'blue.9' : 'red.9'}
      data-held={held || undefined}
      data-autofocus
      onPointerDown={begin}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
      onKeyDown={key(true)}
      onKeyUp={key(false)}
      onBlur={end}
      onContextMenu={(event) => event.preventDefault()}
    >
      {held ? holding : label}
    </Button>
  );
}
