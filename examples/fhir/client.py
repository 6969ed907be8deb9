# SPDX-License-Identifier: Apache-2.0
"""Creates a patient, writes an Observation and searches for it: REPRISE_TOKEN=… client.py FHIR_ADDRESS"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


def request(method, path, resource=None):
    """Returns the resource in the response; ends the program with the reason if the server refuses."""
    message = urllib.request.Request(
        f"{sys.argv[1]}/{path}",
        method=method,
        data=None if resource is None else json.dumps(resource).encode(),
        headers={
            "Accept": "application/fhir+json",
            "Authorization": f"Bearer {os.environ['REPRISE_TOKEN']}",
            "Content-Type": "application/fhir+json",
        },
    )
    try:
        with urllib.request.urlopen(message, timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        issue = json.load(error)["issue"][0]
        sys.exit(f"{method} {path}: {error.code}, {issue.get('diagnostics', issue['code'])}")


if len(sys.argv) != 2 or "REPRISE_TOKEN" not in os.environ:
    sys.exit(__doc__)

patient = request("POST", "Patient", {"resourceType": "Patient", "name": [{"given": ["Ada"], "family": "Example"}]})
height = {
    "resourceType": "Observation",
    "status": "final",
    "category": [
        {
            "coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}
            ]
        }
    ],
    "code": {"coding": [{"system": "http://loinc.org", "code": "8302-2", "display": "Body height"}]},
    "subject": {"reference": f"Patient/{patient['id']}"},
    "effectiveDateTime": "2026-03-02T09:30:00+01:00",
    "valueQuantity": {"value": 172, "unit": "cm", "system": "http://unitsofmeasure.org", "code": "cm"},
}
request("POST", "Observation", height)

query = urllib.parse.urlencode({"subject": f"Patient/{patient['id']}", "code": "http://loinc.org|8302-2"})
entries = request("GET", f"Observation?{query}").get("entry", [])
for found in [entry["resource"] for entry in entries]:
    value = found["valueQuantity"]
    print(f"found {len(entries)} Observation: {found['code']['coding'][0]['display']} {value['value']} {value['unit']}")
