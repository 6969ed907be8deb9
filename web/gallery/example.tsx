// SPDX-License-Identifier: Apache-2.0
// How the page of all components shows one of them in a state. Its own words are for those who build pages, so they are
// English in every language.
import type { ReactNode } from 'react';

/** A group of components, below a heading to which one can link. */
export function Group({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="card gallery-group" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} lang="en">
        {title}
      </h2>
      <div className="gallery-shown">{children}</div>
    </section>
  );
}

/** `wide`: over the whole width. `still`: it would act on a server, so it is only looked at. */
export function Example({
  of,
  state,
  wide = false,
  still = false,
  children,
}: {
  of: string;
  state: string;
  wide?: boolean;
  still?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="gallery-one" data-wide={wide || undefined}>
      <p className="small" lang="en">
        <code>{of}</code> {state}
      </p>
      <div inert={still}>{children}</div>
    </div>
  );
}
