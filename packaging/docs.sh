#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the site of the documents and of the C++ API, build/site, and says where it lies.
# shellcheck disable=SC2016  # backquotes of Markdown
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf build/site_sources
mkdir -p build/site_sources
git ls-files --cached --others --exclude-standard '*.md' 'docs/*' ':!.github' ':!tests' |
  xargs cp --parents -t build/site_sources LICENSE CITATION.cff catalog/schema/measurement.schema.json \
    catalog/schema/range_of_motion.schema.json catalog/schema/session.schema.json packaging/reprise.toml
doxygen packaging/docs/Doxyfile

cd build/site_sources
# On the hosting site a link to a folder lists its files.
for folder in docs/*/; do
  grep -q . <(ls "$folder"*.md 2> /dev/null) || continue
  {
    echo "# $(basename "$folder")"
    for file in "$folder"*.md; do sed -n "s|^# \(.*\)|- [\1]($(basename "$file"))|p;T;q" "$file"; done
  } > "$folder/index.md"
done
# Python's Markdown wants four blanks before a list within a list.
find . -name '*.md' -exec sed -i '/^```/,/^```/! s/^  \(- \|[0-9]\+\. \)/    \1/' {} +
sed -i 's|`build/site/api/index.html`|[API](../api/index.html)|' docs/README.md
cd ../..

mkdocs build --quiet --config-file packaging/docs/mkdocs.yml
rm build/site/404.html # for a server at the root of its domain
echo "built: $PWD/build/site/index.html"
