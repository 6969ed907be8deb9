// SPDX-License-Identifier: Apache-2.0
import { Title } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';

/** A page: its title in the browser and on top. */
export function Page({
  title,
  lead,
  narrow = false,
  focused = true,
  children,
}: {
  title: string;
  lead?: ReactNode;
  narrow?: boolean;
  focused?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Reprise`;
  }, [title]);
  // Who cannot see that the page is another one hears its title.
  useEffect(() => {
    if (focused) heading.current?.focus();
  }, [focused]);
  return (
    <div className={narrow ? 'page narrow' : 'page'}>
      <Title order={1} ref={heading} tabIndex={-1} className="title">
        {title}
      </Title>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </div>
  );
}

export function Section({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <Title order={2} id={id}>
          {title}
        </Title>
        {action}
      </div>
      {children}
    </section>
  );
}
