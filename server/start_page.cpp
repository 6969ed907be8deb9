#include "server/start_page.h"

#include <fmt/format.h>

namespace reprise::server {

std::string start_page(std::string_view base_path) {
  return fmt::format(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reprise: the clinic's record</title>
<link rel="stylesheet" href="/start.css">
</head>
<body>
<main>
<h1>Reprise</h1>
<p>The clinic's record: a FHIR R4 server on this machine. It is running.</p>
<h2>For programs</h2>
<ul>
<li><a href="{0}/metadata">{0}/metadata</a>: what this server can do</li>
<li><a href="{0}/Patient">{0}/Patient</a>: patients</li>
<li><code>{0}</code>: the base address for FHIR clients</li>
</ul>
<pre><code>curl -X POST -H 'Content-Type: application/fhir+json' \
  -d '{{"resourceType":"Patient","name":[{{"family":"Example"}}]}}' THIS-ADDRESS{0}/Patient</code></pre>
<h2>Before real patients</h2>
<p>Nobody signs in yet: whoever can use this machine can read and change everything. So the server answers to this machine
only. Keep real patients out of it.</p>
<p class="small">Not a medical device; a clinician decides. <a href="/healthz">/healthz</a> <a href="/readyz">/readyz</a></p>
</main>
</body>
</html>
)",
                     base_path);
}

std::string_view start_style() {
  return R"(:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { margin: 0; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; border-radius: 0.375rem; }
.small { font-size: 0.875rem; }
)";
}

}  // namespace reprise::server
