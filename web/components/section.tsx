import { Skeleton, Title } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { Failure } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { FailureAlert } from './failure_alert.tsx';

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

/** Something that was asked for: waits, says why it failed, or shows it. */
export function Asked<T>({
  asked,
  children,
}: {
  asked: { value?: T | undefined; failure?: Failure | undefined; reload: () => Promise<void> };
  children: (value: T) => ReactNode;
}) {
  const { t } = useLanguage();
  if (asked.failure)
    return (
      <FailureAlert
        failure={asked.failure}
        retry={() => {
          void asked.reload();
        }}
      />
    );
  if (asked.value === undefined)
    return (
      <div role="status" aria-label={t('loading')}>
        <Skeleton h={20} mb={10} />
        <Skeleton h={20} w="70%" />
      </div>
    );
  return children(asked.value);
}
