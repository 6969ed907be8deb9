// SPDX-License-Identifier: Apache-2.0
#include "server/pages/start_page.h"

#include <fmt/format.h>
namespace reprise::server {
namespace {

std::string about_certificate(const StartPage& page) {
  if (page.fingerprint.empty()) return {};
  return fmt::format(R"(<h2>The certificate</h2>
<p>This server made its certificate itself, so a browser asks once whether to trust it. It is the right one
where the browser
shows this SHA-256 fingerprint:</p>
<p class="code">{}</p>
<p>For a certificate that browsers know, name its files in the settings (listen.certificate, listen.key).</p>
)",
                     page.fingerprint);
}

std::string about_phone(const StartPage& page) {
  if (page.addresses.size() < 2) return {};
  return fmt::format(R"(<h2>From a phone in the same network</h2>
<p><img src="/start.svg" alt="QR code of {0}" width="200" height="200"></p>
<p><a href="{0}/">{0}/</a></p>
)",
                     page.addresses[1]);
}

std::string about_access(const StartPage& page) {
  if (page.sign_in) {
    return R"(<p><a href="/sign-in">Sign in</a></p>
<h2>Access</h2>
<p>People sign in, programs have a token, and every access is written into the audit log. Make a token for a
program on this machine:</p>
<pre><code>reprise token create --name "my program" --scopes "system/*.cruds"</code></pre>
)";
  }
  return R"(<h2>Before real patients</h2>
<p><strong>There is no sign-in here:</strong> everyone who can use this machine can read and change everything.
It was started so to be
tried out, and answers to this machine only.</p>
)";
}

std::string about_filling(const StartPage& page) {
  if (!page.filling) return {};
  return fmt::format(
      "<p>The history of the simulated clinic is still being written: {} of {} patients are complete.</p>\n",
      page.filling->first, page.filling->second);
}

}  // namespace

std::string start_page(const StartPage& page) {
  const char* header = page.sign_in ? " -H \"Authorization: Bearer $TOKEN\"" : "";
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
<p>The clinic's record, a FHIR R4 server. It is running.</p>
{filling}{access}<h2>For programs</h2>
<p>FHIR clients use <code>{origin}{base}</code>. <a href="{base}/metadata">What it can do</a></p>
<pre><code>curl -k{header} {origin}{base}/Patient
curl -k{header} -H 'Content-Type: application/fhir+json' \
  -d '{{"resourceType":"Patient","name":[{{"family":"Example"}}]}}' {origin}{base}/Patient</code></pre>
{phone}{certificate}<p class="small">Not a medical device; a clinician decides. <a href="/healthz">health</a></p>
</main>
</body>
</html>
)",
                     fmt::arg("filling", about_filling(page)), fmt::arg("access", about_access(page)),
                     fmt::arg("base", page.base_path), fmt::arg("origin", page.addresses.front()),
                     fmt::arg("header", header), fmt::arg("phone", about_phone(page)),
                     fmt::arg("certificate", about_certificate(page)));
}

std::string_view missing_page() {
  return R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Page not found - Reprise</title>
<link rel="stylesheet" href="/start.css">
</head>
<body>
<main>
<h1>Page not found</h1>
<p>There is no page at this address.</p>
<p lang="de">Unter dieser Adresse gibt es keine Seite.</p>
<p lang="es">No hay ninguna página en esta dirección.</p>
<p><a href="/sign-in">Reprise</a></p>
</main>
</body>
</html>
)";
}

std::string_view start_style() {
  return R"(:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { margin: 0; }
h2 { margin: 1.75rem 0 0.25rem; font-size: 1.125rem; }
p { margin: 0.5rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 0.75rem; border: 1px solid; border-radius:
0.375rem; font-size: 0.875rem; }
.code { font-family: monospace; overflow-wrap: anywhere; }
.small { margin-top: 2rem; font-size: 0.875rem; }
)";
}

}  // namespace reprise::server
