// SPDX-License-Identifier: Apache-2.0
// Paragraphs, lists and headings out of a clinic's text. Everything else that Markdown has, links and HTML included,
// stays the letters it is.
type Block = { kind: 'heading' | 'paragraph'; text: string } | { kind: 'list'; points: string[] };

export function blocksOf(text: string): Block[] {
  return text.split(/\n\s*\n/).flatMap((part): Block[] => {
    const lines = part
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const [first] = lines;
    if (first === undefined) return [];
    if (lines.every((line) => /^[-*] /.test(line)))
      return [{ kind: 'list', points: lines.map((line) => line.slice(2)) }];
    if (/^#{1,6} /.test(first)) {
      const rest = lines.slice(1).join('\n');
      return [{ kind: 'heading', text: first.replace(/^#+ /, '') }, ...(rest ? blocksOf(rest) : [])];
    }
    return [{ kind: 'paragraph', text: lines.join(' ') }];
  });
}

/** `heading`: of the text's own headings, one below the one that the text stands under. */
export function PlainMarkdown({
  text,
  language,
  heading: Heading = 'h3',
}: {
  text: string;
  language: string;
  heading?: 'h3' | 'h4';
}) {
  return (
    <div className="reading" lang={language}>
      {blocksOf(text).map((block, i) => {
        if (block.kind === 'list')
          return (
            <ul key={i} className="plain">
              {block.points.map((point, j) => (
                <li key={j}>{point}</li>
              ))}
            </ul>
          );
        return block.kind === 'heading' ? <Heading key={i}>{block.text}</Heading> : <p key={i}>{block.text}</p>;
      })}
    </div>
  );
}
